"""Random points of an extract's car roads, the same for every engine: points.py EXTRACT COUNT SEED > points.csv

Lines of longitude,latitude: nodes of open roads, of the largest part of the network that hangs together, so that every
engine can reach them.
"""
import random
import sys

import osmium

CLASSES = {
    "motorway", "trunk", "primary", "secondary", "tertiary", "unclassified", "residential", "living_street",
    "motorway_link", "trunk_link", "primary_link", "secondary_link", "tertiary_link",
}
CLOSED = {"access": {"no", "private"}, "motor_vehicle": {"no", "private"}, "vehicle": {"no"}}


def is_open(tags):
    return tags.get("highway") in CLASSES and all(tags.get(key) not in values for key, values in CLOSED.items())


def root(parents, node):
    while parents[node] != node:
        parents[node] = parents[parents[node]]
        node = parents[node]
    return node


def main_part(extract):
    """Places by node id: the largest set of nodes that roads join."""
    parents, places = {}, {}
    ways = osmium.FileProcessor(extract).with_locations().with_filter(osmium.filter.KeyFilter("highway"))
    for way in ways.with_filter(osmium.filter.EntityFilter(osmium.osm.WAY)):
        if not is_open(way.tags):
            continue
        last = None
        for node in way.nodes:
            if not node.location.valid():
                last = None
                continue
            parents.setdefault(node.ref, node.ref)
            places[node.ref] = (node.location.lon, node.location.lat)
            if last is not None:
                parents[root(parents, last)] = root(parents, node.ref)
            last = node.ref
    members = {}
    for node in sorted(parents):
        members.setdefault(root(parents, node), []).append(node)
    return {node: places[node] for node in max(members.values(), key=len)}


if __name__ == "__main__":
    extract, count, seed = sys.argv[1], int(sys.argv[2]), int(sys.argv[3])
    places = main_part(extract)
    nodes = sorted(places)
    random.Random(seed).shuffle(nodes)
    for node in nodes[:count]:
        print("%.7f,%.7f" % places[node])
