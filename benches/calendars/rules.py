"""Random rules on calendar and people for a territory that make_territory.py of the shared tools has written."""
import csv
import random

DAYS = "mon tue wed thu fri".split()
HALF_DAYS = [f"{day}-{half}" for day in DAYS for half in ("am", "pm")]


def words(values):
    """A list of TOML strings."""
    return "[" + ", ".join(f'"{value}"' for value in values) + "]"


def rhythms(chance, order, weeks):
    """By site: what its row in sites.csv says of frequency, gaps and openings; the first two are required."""
    of = {}
    for site in order:
        rule = of[site] = {}
        sort = chance.random()
        if sort < 0.12:
            rule["every"] = "1"
        elif sort < 0.24 and weeks % 2 == 0:
            rule["every"] = "2"
        elif sort < 0.32:
            rule["visits"] = str(chance.choice([weeks, weeks // 2 or 1]))
        if chance.random() < 0.25:
            rule["open"] = " ".join(half for half in HALF_DAYS if chance.random() < 0.7) or "mon"
        if chance.random() < 0.12:
            rule["weeks"] = str(chance.randint(1, weeks))
        if chance.random() < 0.2:
            rule["max_gap"] = str(chance.choice([7, 10, 14]))
        if rule.get("weeks") and rule.get("every") != "2":
            rule.pop("max_gap", None)
            rule.pop("every", None)
        if rule.get("every") == "2" or int(rule.get("visits", weeks)) < weeks:
            rule.pop("max_gap", None)
    for site in order[:2]:
        of[site] = {"required": "yes"}
    return of


def soft(chance):
    """Rules at a price."""
    rules = [("changes", 0.5 * chance.choice([1, 4, 20]))]
    for share, rule, prices in [
        (0.7, "same_time", [3, 20, 50]),
        (0.5, "prefers", [1, 5]),
        (0.5, "every", [20, 100]),
        (0.5, "max_gap", [5, 20]),
        (0.4, "visits", [30]),
        (0.3, "doctors_per_site", [10, 40]),
    ]:
        if chance.random() < share:
            rules.append((rule, chance.choice(prices)))
    return rules + [("required", 40), ("activity_at_least", 60)]


def doctors(chance, sites, weeks, count):
    """Doctors with hours, limits, wishes and refusals; the last has a specialty, the first may be at a distance."""
    text = ""
    for rank in range(count):
        days = [day for day in DAYS if chance.random() < 0.6] or ["tue"]
        days = [day if chance.random() < 0.7 else day + chance.choice(["-am", "-pm"]) for day in days]
        text += f'\n[[doctor]]\nid = "d{rank}"\ndays = {words(days)}\nhalf_days_per_week = {chance.choice([3, 4, 5])}\n'
        if chance.random() < 0.4:
            text += f"half_days_per_cycle = {chance.choice([5, 6, 7])}\n"
        if chance.random() < 0.5:
            text += f'employer = "territorial"\nborn = {chance.randint(1955, 1985)}\n'
        if rank == count - 1:
            text += 'specialty = "cardio"\n'
        elif rank == 0 and chance.random() < 0.5:
            text += "remote = true\n"
        if chance.random() < 0.4:
            text += f'away = [{{ weeks = [{chance.randint(1, weeks)}], half_days = ["{chance.choice(DAYS)}"] }}]\n'
        refused = chance.choice(sites) if chance.random() < 0.5 else None
        if refused:
            text += f'refuses = ["{refused}"]\n'
        if chance.random() < 0.5:
            text += f"prefers = {words(site for site in chance.sample(sites, 4) if site != refused)}\n"
    return text


def activities(chance):
    """A specialty, prevention, and care at a distance."""
    return (
        f'\n[[activity]]\nid = "cardio"\nkind = "specialty"\nshare = {chance.choice([0.5, 1])}\nat_least = 1\n'
        f"at_most = {chance.choice([2, 4])}\n"
        f'\n[[activity]]\nid = "prevention"\nkind = "prevention"\nshare = {chance.choice([0.5, 1])}\nat_least = 1\n'
        f'\n[[activity]]\nid = "remote"\nkind = "remote"\nconsultations_per_half_day = {chance.choice([7, 9])}\nat_most = 4\n'
    )


def bookings(chance, order):
    """Sessions that are required and forbidden."""
    return (
        f'\n[[booking]]\nkind = "required"\nsite = "{order[0]}"\nhalf_days = ["tue", "thu-am"]\n'
        f'\n[[booking]]\nkind = "forbidden"\nsite = "{order[2]}"\nhalf_days = ["mon-am"]\n'
        f'\n[[booking]]\nkind = "forbidden"\nweeks = [1]\nhalf_days = ["{chance.choice(HALF_DAYS)}"]\n'
    )


def publish(chance, order, weeks, path):
    """Writes a published calendar."""
    with open(path, "w") as file:
        file.write("vehicle,week,day,half,site\n")
        for half_day in HALF_DAYS:
            for week in range(1, weeks + 1):
                if chance.random() < 0.5:
                    file.write(f"bus-1,{week},{half_day[:3]},{half_day[4:]},{chance.choice(order[:8])}\n")


def add_rules(folder, seed, weeks, count):
    """Adds all rules to the territory in a folder, with so many doctors."""
    chance = random.Random(seed)
    with open(folder / "sites.csv") as file:
        rows = list(csv.DictReader(file))
    sites = [row["id"] for row in rows]
    order = chance.sample(sites, len(sites))
    of = rhythms(chance, order, weeks)
    for row in rows:
        rule = of[row["id"]]
        if rule.get("visits") or rule.get("every") == "2" or rule.get("weeks"):
            row["min_half_days"] = 1
        row.update({key: rule.get(key, "") for key in ("required", "every", "visits", "max_gap", "open", "weeks")})
    with open(folder / "sites.csv", "w", newline="") as file:
        writer = csv.DictWriter(file, list(rows[0]), lineterminator="\n")
        writer.writeheader()
        writer.writerows(rows)
    prices, is_published = soft(chance), chance.random() < 0.6
    # Where gaps are hard, two weeks must do.
    gap = chance.choice([14, 10]) if any(rule == "max_gap" for rule, _ in prices) else 14
    listed = ", ".join(
        f'{{ rule = "{rule}", price = {price} }}' for rule, price in prices if is_published or rule != "changes"
    )
    rules = (
        f"one_vehicle_per_site = true\nmax_gap = {gap}\nsame_time = true\ndoctors_per_site = {chance.choice([1, 2])}\n"
        f"prevention_share = 0.1\nsoft = [{listed}]\n"
    )
    text = (folder / "territory.toml").read_text()
    text = text.replace("one_vehicle_per_site = true\n", rules)
    text = text.replace("weeks_per_year = 46", "weeks_per_year = 46\nyear = 2026")
    text = text.replace("[care]\n", "[care]\nunscheduled_share = 0.1\n", 1)
    if chance.random() < 0.5:
        timed = '{ first = "25min", follow_up = "15min", first_share = 0.3, setup = "20min" }'
        text = text.replace("14:00-18:00", "14:00-17:30")
        text = text.replace("consultations_per_half_day = 12", f"consultation = {timed}")
    text += doctors(chance, sites, weeks, count) + activities(chance) + bookings(chance, order)
    if is_published:
        publish(chance, order, weeks, folder / "published.csv")
        text += '\n[published]\nfile = "published.csv"\n'
    (folder / "territory.toml").write_text(text)
