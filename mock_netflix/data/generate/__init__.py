"""Worlds of any size, made from a seed: titles, people and subscribers that are the same every time.

Each is a function of the seed and its own number alone, whatever the size of the world and whatever was asked before;
so nothing is kept, and a title is made again each time it is wanted. The raw material are lists of names and words
(fixtures/generator), drawn from Faker once and kept, so that it does not change with the version of Faker.

    draws.py      the numbers that decide, for one thing
    material.py   lists of names and words
    layout.py     which number is a movie, which an episode
    titles.py, people.py, subscribers.py    the things themselves
    shelves.py    as many titles and people as a world has
    world.py      all of a world
    as_fixtures.py    the same, written as a fixture file
"""

# There are numbers for more, but hardly a machine has room for them.
MOST_TITLES, MOST_SUBSCRIBERS = 5_000_000, 100_000
