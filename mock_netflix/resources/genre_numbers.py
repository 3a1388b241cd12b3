"""The numbers by which the feeds of the site call genres: `Top25RSS?gid=296` (reference: protocol 9.6).

Numbers and names are those that one client has built in. Which titles stood in such a feed is not on record. Here they
are those of the genre with the same name; where no title has that one, those of the genres that its group stands for
(guess). Numbers of studios, and of lists that were none of genre, have whatever is best known.
"""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class NumberedGenre:
    """A genre of the site. `genres`: those of the catalogue that stand for it where none has its name; none: all."""

    number: int
    name: str
    genres: tuple[str, ...]


_BLU_RAY = 2444
# What is no genre but a delivery format.
FORMATS = {_BLU_RAY: "Blu-ray"}

# The names of genres of the catalogue, and the numbers that they stand for.
_GROUPS: tuple[tuple[tuple[str, ...], str], ...] = (
    (
        ("Action & Adventure",),
        """296 Action & Adventure; 615 Action Classics; 616 Action Comedies; 617 Action Sci-Fi & Fantasy;
        618 Action Thrillers; 627 Blockbusters; 642 Comic Books & Superheroes; 643 Crime Action; 650 Deadly Disasters;
        672 Martial Arts; 1288 Heist Films; 1289 Super Swashbucklers; 1330 Adventures; 1419 Espionage Action;
        2256 African-American Action; 2414 Blaxploitation; 2500 Foreign Action & Adventure""",
    ),
    (
        ("War",),
        "639 Classic War Stories; 679 Military & War Action; 680 Military & War Dramas; 856 Military Documentaries",
    ),
    (("Westerns",), "390 Westerns; 640 Classic Westerns"),
    (("Film Noir",), "324 Film Noir"),
    (("Silent Movies",), "702 Silent Films; 2493 Foreign Silent Films"),
    (
        ("Anime & Animation",),
        """623 Anime & Animation; 1098 Anime Feature Films; 1146 Anime Action; 1147 Anime Sci-Fi; 1148 Anime Fantasy;
        1149 Anime Drama; 1150 Anime Comedy; 1151 Kids' Anime; 1153 Anime Horror; 2237 Computer Animation""",
    ),
    (("Anime Series",), "1152 Anime Series"),
    (("Adult Animation",), "1326 Animation for Grown-Ups"),
    (("Kids' TV",), "1087 Kids' TV; 1088 Nickelodeon"),
    (
        ("Children & Family",),
        """302 Children & Family; 318 Education & Guidance; 619 Animal Tales; 620 Cartoons; 634 Book Characters;
        651 Disney; 656 Family Classics; 657 Family Comedies; 671 Christmas; 841 Family Dramas; 1173 Family Adventures;
        1325 Family Animation; 1372 Kids' Music; 1385 Family Sci-Fi & Fantasy; 1386 Dinosaurs; 2050 Ages 0-2;
        2051 Ages 2-4; 2052 Ages 5-7; 2053 Ages 8-10; 2054 Ages 11-12; 2061 Kids' Inspirational;
        2121 Inspirational Stories for Kids; 2499 Foreign Children & Family""",
    ),
    (
        ("Classics",),
        """306 Classics; 333 Epics; 621 Classic Comedies; 637 Classic Sci-Fi & Fantasy; 638 Classic Thrillers;
        675 Indie Classics; 691 Romance Classics; 758 Classic Dramas; 2484 Foreign Classic Dramas;
        2485 Foreign Classics; 2492 Foreign Classic Comedies""",
    ),
    (
        ("Comedies",),
        """307 Comedy; 381 Stand-Up; 385 Teen Comedies; 626 Dark Humor & Black Comedies; 635 Best of British Humor;
        696 Saturday Night Live; 699 Screwball; 706 Spoofs & Satire; 747 Political Comedies; 748 Cult Comedies;
        847 Late Night Comedies; 1016 Showbiz Comedies; 1194 Mockumentaries; 1338 Slapstick; 2274 Latino Comedies;
        2372 African-American Comedies; 2421 Sports Comedies""",
    ),
    (
        ("Documentary",),
        """300 Biographical Documentaries; 652 Crime Documentaries; 653 Historical Documentaries;
        654 Miscellaneous Documentaries; 857 Faith & Spirituality Documentaries; 858 Science & Nature Documentaries;
        864 Documentary; 1318 Indie Documentaries; 1319 Political Documentaries;
        1320 Travel & Adventure Documentaries; 1321 Social & Cultural Documentaries; 1409 HBO Documentaries;
        1412 PBS Documentaries; 2130 Religion & Mythology Documentaries; 2129 Inspirational Biographies;
        2373 African-American Documentaries; 2410 Rockumentaries; 2451 Sports Documentaries;
        2590 Foreign Documentaries""",
    ),
    (
        ("Dramas",),
        """311 Courtroom Dramas; 312 Crime Dramas; 314 Biographies; 315 Drama; 648 Experimental; 681 Mobster;
        684 Political Dramas; 701 Showbiz Dramas; 711 Tearjerkers; 796 Period Pieces; 1126 Teen Dramas;
        1179 Coming of Age; 1206 Social Issue Dramas; 1272 Made-for-TV Movies; 1291 Dramas Based on the Book;
        1293 Dramas Based on Real Life; 2113 Latino Dramas; 2374 African-American Dramas; 2422 Sports Dramas;
        2424 Triumph of the Underdogs; 2425 Religious & Spiritual Dramas; 2607 Dramas Based on Classic Literature;
        2608 Dramas Based on Contemporary Literature; 2609 Dramas Based on Bestsellers; 2610 Medical Dramas;
        2611 Gambling Dramas; 2612 20th Century Period Pieces; 2613 Pre-20th Century Period Pieces""",
    ),
    (
        ("Faith & Spirituality",),
        """1132 Judaica; 2108 Faith & Spirituality; 2109 Faith & Spirituality Feature Films;
        2110 Religious & Mythic Epics; 2111 Religious Comedies & Satires; 2112 Inspirational Stories;
        2115 Inspirational Music; 2116 Inspirational Rock & Pop; 2117 Sacred Folk & Traditional Music;
        2118 Inspirational Sing-Alongs; 2122 Mindfulness & Prayer; 2123 Meditation & Relaxation;
        2124 Healing & Reiki; 2125 Prayer & Spiritual Growth; 2426 Spiritual Mysteries""",
    ),
    (
        ("Foreign",),
        """2204 Foreign Comedies; 2205 Foreign Horror; 2215 Foreign Television; 2216 Foreign Thrillers; 2218 Africa;
        2358 Argentina; 2404 Foreign Musicals; 2419 Foreign Romance; 2487 Foreign Art House; 2494 Foreign Dramas;
        2495 Foreign Gay & Lesbian; 2498 Foreign Must-See; 2502 Foreign Sci-Fi & Fantasy; 2514 Foreign;
        2515 Australia & New Zealand; 2516 Belgium; 2517 Brazil; 2519 China; 2520 Czech Republic; 2521 Eastern Europe;
        2522 France; 2523 Germany; 2524 Greece; 2525 Hong Kong; 2526 India; 2527 Bollywood; 2528 Iran; 2529 Israel;
        2530 Italy; 2531 Japan; 2532 Korea; 2533 Latin America; 2534 Mexico; 2535 Middle East; 2536 Netherlands;
        2537 Philippines; 2538 Poland; 2539 Russia; 2540 Scandinavia; 2541 Southeast Asia; 2542 Spain; 2543 Thailand;
        2544 United Kingdom; 2545 Arabic Language; 2547 Bengali Language; 2548 Cantonese Language;
        2549 Czech Language; 2550 Danish Language; 2552 Dutch Language; 2553 Farsi Language; 2554 French Language;
        2555 German Language; 2556 Greek Language; 2557 Gujarati Language; 2558 Hebrew Language;
        2560 Hungarian Language; 2561 Italian Language; 2563 Japanese Language; 2564 Korean Language;
        2565 Malayalam Language; 2566 Mandarin Language; 2567 Norwegian Language; 2568 Polish Language;
        2569 Portuguese Language; 2570 Punjabi Language; 2571 Russian Language; 2572 Serbo-Croatian Language;
        2573 Spanish Language; 2574 Swedish Language; 2575 Tagalog Language; 2576 Tamil Language;
        2577 Telugu Language; 2578 Thai Language; 2580 Vietnamese Language; 2591 Hindi Language;
        2594 Foreign Steamy Romance; 2620 Foreign Languages; 2621 Foreign Regions""",
    ),
    (
        ("Gay & Lesbian",),
        """330 Gay & Lesbian; 666 Gay & Lesbian Comedies; 667 Gay & Lesbian Dramas; 668 Gay & Lesbian Romance;
        1335 Indie Gay & Lesbian; 1344 Lesbian; 1345 Bisexual; 1433 Gay; 2618 Logo""",
    ),
    (
        ("Horror",),
        """338 Horror; 644 Creature Features; 665 Frankenstein; 673 Horror Classics; 695 Satanic Stories;
        703 Slashers & Serial Killers; 710 Supernatural Horror; 713 Teen Screams; 717 Vampires; 718 Werewolves;
        719 Zombies; 745 B-Movie Horror; 834 Monsters; 1296 Cult Horror; 2496 Asian Horror; 2497 Italian Horror;
        2598 Halloween""",
    ),
    (
        ("Independent",),
        """343 Independent; 674 Indie Action; 676 Indie Comedies; 677 Indie Dramas; 1336 Indie Romance;
        1337 Indie Suspense & Thriller""",
    ),
    (
        ("Musicals",),
        """2310 Music & Musicals; 2316 Musicals; 2341 Classic Movie Musicals; 2342 Classic Stage Musicals;
        2350 Contemporary Movie Musicals; 2351 Contemporary Stage Musicals; 2366 Must-See Musicals;
        2405 Show Tunes""",
    ),
    (
        ("Music",),
        """797 Punk Rock; 1100 Contemporary Jazz; 1193 Classic Jazz; 1230 Jazz Greats; 2311 Classical Music;
        2312 World Music; 2313 Jazz & Easy Listening; 2315 Music Lessons; 2317 Rock & Pop; 2318 Reggae;
        2319 European Folk & Traditional Music; 2320 Celtic Music; 2321 Rock en Español; 2323 Bass Lessons;
        2324 Drum Lessons; 2325 Guitar & Banjo Lessons; 2327 Piano & Keyboard Lessons; 2328 Voice Lessons;
        2330 Classical Choral Music;
        2331 Classical Instrumental Music; 2332 Brazilian Music; 2333 Latin Music; 2334 Latin Pop;
        2335 Traditional Latin Music; 2336 Reggaeton; 2337 Opera & Operetta; 2339 Vocal Jazz; 2340 Swing & Big Band;
        2348 Miscellaneous Music Lessons; 2352 American Folk & Bluegrass; 2353 Hawaiian & Polynesian Music;
        2354 World Fusion; 2355 African Music; 2359 Rock & Roll Oldies; 2360 Goth & Industrial; 2361 Disco;
        2364 Must-See Concerts; 2365 Singer-Songwriters; 2367 Urban & Dance; 2368 Classic R&B & Soul;
        2370 Afro-Cuban & Latin Jazz; 2378 Asian Music; 2394 Sacred Classical Music; 2399 Karaoke; 2400 Gospel Music;
        2402 New Age; 2403 Vocal Pop; 2406 Hard Rock & Heavy Metal; 2407 Pop; 2408 Classic Rock;
        2409 Modern & Alternative Rock; 2411 Dance & Electronica; 2412 Rap & Hip-Hop; 2436 Blues;
        2437 Contemporary R&B; 2439 Country & Western & Folk; 2440 Classic Country & Western; 2441 New Country""",
    ),
    (
        ("Romance", "Romantic Movies", "Romantic Comedies"),
        """371 Romance; 692 Romantic Comedies; 693 Romantic Dramas; 709 Steamy Romance; 712 Teen Romance;
        2375 African-American Romance; 2599 Valentine""",
    ),
    (
        ("Sci-Fi & Fantasy",),
        """323 Fantasy; 373 Sci-Fi & Fantasy; 622 Alien Sci-Fi; 757 Sci-Fi Thrillers; 1285 Sci-Fi Cult Classics;
        1327 Sci-Fi Horror; 1328 Sci-Fi Adventure; 1329 Supernatural Sci-Fi; 1420 Sci-Fi Dramas""",
    ),
    (
        ("Special Interest",),
        """2136 Self-Defense; 2165 Car Culture; 2192 Homework Help; 2223 Special Interest; 2225 Career & Finance;
        2231 Language Instruction; 2232 Mind & Body; 2233 Poker & Gambling; 2234 Technology; 2235 Theater Arts;
        2236 Photography; 2238 Painting; 2240 Sculpture; 2242 Tap & Jazz Dance; 2243 Ballet & Modern Dance;
        2245 Bellydance; 2246 Hip-Hop & Contemporary Dance; 2247 Latin & Ballroom Dance; 2249 Style & Beauty;
        2253 Food Stories; 2254 Cooking Instruction; 2255 Wine & Beverage Appreciation; 2258 World Dance; 2259 Dance;
        2260 Magic & Illusion; 2264 Home Improvement; 2266 Pets; 2267 English & Language Arts;
        2268 History & Social Studies; 2269 Math; 2270 Science; 2277 Entertaining; 2278 Healthy Living;
        2279 Pregnancy & Parenting; 2290 Computers & Electronics; 2291 Geographic Information Systems;
        2293 Performance Art & Spoken Word; 2294 Home & Garden; 2295 Theatrical Performances; 2296 Shakespeare;
        2309 Hobbies & Games; 2357 Gardening; 2415 Food & Wine; 2416 Art & Design;
        2427 Miscellaneous Hobbies & Games""",
    ),
    (
        ("Sports & Fitness",),
        """2137 Tennis; 2138 Extreme Motorsports; 2139 BMX & Extreme Biking;
        2140 Extreme Combat & Mixed Martial Arts; 2141 Extreme Snow & Ice Sports; 2144 Stunts & General Mayhem;
        2146 Mountaineering & Climbing; 2147 Extreme Sports Compilations; 2148 Wrestling;
        2150 Pilates & Fitness Ball; 2151 Step Aerobics Workouts; 2152 Skateboarding; 2154 Boxing;
        2155 General Martial Arts; 2156 Karate; 2157 Kung Fu; 2158 Auto Racing; 2159 Motorcycles & Motocross;
        2161 Snow & Ice Sports; 2163 Miscellaneous Sports; 2164 Skiing; 2166 Sports Stories; 2167 Cycling;
        2168 Other Sports; 2169 Horse Racing; 2170 Bodybuilding; 2172 Outdoor & Mountain Sports; 2173 Fishing;
        2174 Mountain Biking; 2177 Boating & Sailing; 2178 Other Water Sports; 2179 Hunting; 2180 Kids' Fitness;
        2183 Abs, Glutes & More; 2184 Cardio & Aerobics; 2186 Martial Arts & Boxing Workouts; 2190 Sports & Fitness;
        2250 Low-Impact Workouts; 2307 Martial Arts, Boxing & Wrestling; 2329 General Strength & Flexibility;
        2356 Motorsports; 2395 Baseball; 2396 Football; 2397 Extreme Sports; 2420 Olympics & Other Games; 2447 Golf;
        2448 Ice Hockey; 2449 Snowboarding; 2450 Soccer; 2452 Women in Sports; 2453 Water Sports;
        2454 Surfing & Boardsports; 2455 Workouts; 2456 Dance Workouts; 2457 Pregnancy & Post-Natal Fitness;
        2458 Tai Chi & Qigong; 2459 Yoga; 2460 Basketball""",
    ),
    (
        ("Television",),
        """2197 Television; 2210 TV Action & Adventure; 2211 TV Classics; 2213 Classic TV Sci-Fi & Fantasy;
        2214 Classic TV Dramas; 2221 British TV; 2222 British TV Dramas; 2486 TV Reality Programming;
        2488 TV Sci-Fi & Fantasy; 2489 TV Variety & Talk Shows; 2490 TV War & Politics; 2491 TV Westerns;
        2501 TV Mysteries; 1090 TV Miniseries""",
    ),
    (
        ("TV Comedies", "TV Sitcoms"),
        """2198 British TV Comedies; 2212 Classic TV Comedies; 2471 TV Comedies; 2472 Must-See TV Comedies;
        2473 TV Animated Comedies; 2474 TV Sitcoms; 2475 TV Sketch Comedies""",
    ),
    (
        ("TV Dramas",),
        """2470 TV Dramas; 2476 Must-See TV Dramas; 2477 TV Courtroom Dramas; 2478 TV Crime Dramas; 2479 TV Dramedy;
        2480 TV Family Dramas; 2481 TV Medical Dramas; 2482 TV Soaps; 2483 TV Teen Dramas""",
    ),
    (("TV Documentaries",), "1311 TV Science & Nature; 1312 TV Documentaries"),
    (
        ("Thrillers",),
        """320 Erotic Thrillers; 357 Mystery; 358 Suspense; 387 Thrillers; 646 Crime Thrillers;
        685 Psychological Thrillers; 705 Espionage Thrillers; 730 Supernatural Thrillers; 1349 Political Thrillers""",
    ),
    (
        (),
        """340 IMAX; 900 Big 3; 1115 Current Rocchi Picks; 1116 Do Not Merch; 2444 Blu-ray; 2597 Thanksgiving;
        2600 Easter; 2601 4th of July; 2622 Movie Studios; 2623 Fox Home Entertainment;
        2624 Paramount Home Entertainment; 2625 Buena Vista Home Entertainment; 2626 Lionsgate Home Entertainment;
        2627 Sony Pictures Home Entertainment; 2628 Universal Studios Home Entertainment; 2629 Warner Home Video;
        2630 Miramax""",
    ),
)


def _read(genres: tuple[str, ...], told: str) -> list[NumberedGenre]:
    parts = (part.split(maxsplit=1) for part in " ".join(told.split()).split(";"))
    return [NumberedGenre(int(number), name, genres) for number, name in parts]


GENRES = {one.number: one for genres, told in _GROUPS for one in _read(genres, told)}
