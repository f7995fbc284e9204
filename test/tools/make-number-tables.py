#!/usr/bin/env python3
"""Makes server/contact/data/area-codes.json and calling-codes.json: phone number prefix -> time zones and region.

The data is Google libphonenumber's (time zones and geocoding), as the Python package phonenumbers carries it:
    apt-get install python3-phonenumbers      (the committed files were made from 8.12.57)
    python3 test/tools/make-number-tables.py
    node_modules/.bin/biome format --write server/contact/data
What that data does not know, or has wrong, stands in server/contact/data/by-hand.json and wins when the tables are read.

A code whose numbers are in several zones has all of them under "zones", the one with most numbers first, and under
"prefixes" the digits after it for which the data names fewer. What the data says of a whole code, or of one digit after
it, is not used where it knows better of some numbers: it also covers exchanges nobody looked at, and mobile numbers.
"""
import json
import re
from collections import Counter
from pathlib import Path

import phonenumbers
from phonenumbers.geodata import GEOCODE_DATA
from phonenumbers.tzdata import TIMEZONE_DATA

DATA = Path(__file__).resolve().parents[2] / "server" / "contact" / "data"
SOURCE = f"Google libphonenumber {phonenumbers.__version__}, Apache License 2.0; see NOTICE.md"

STATES = {
    "US": "Alabama AL Alaska AK Arizona AZ Arkansas AR California CA Colorado CO Connecticut CT Delaware DE Florida FL "
    "Georgia GA Hawaii HI Idaho ID Illinois IL Indiana IN Iowa IA Kansas KS Kentucky KY Louisiana LA Maine ME Maryland MD "
    "Massachusetts MA Michigan MI Minnesota MN Mississippi MS Missouri MO Montana MT Nebraska NE Nevada NV "
    "New_Hampshire NH New_Jersey NJ New_Mexico NM New_York NY North_Carolina NC North_Dakota ND Ohio OH Oklahoma OK "
    "Oregon OR Pennsylvania PA Rhode_Island RI South_Carolina SC South_Dakota SD Tennessee TN Texas TX Utah UT Vermont VT "
    "Virginia VA Washington_State WA Washington_D.C. DC West_Virginia WV Wisconsin WI Wyoming WY",
    "CA": "Alberta AB British_Columbia BC Manitoba MB New_Brunswick NB Newfoundland_and_Labrador NL Nova_Scotia NS "
    "Northwest_Territories NT Nunavut NU Ontario ON Prince_Edward_Island PE Quebec QC Saskatchewan SK Yukon YT",
}
TERRITORIES = {"AS", "GU", "MP", "PR", "VI"}


def region_names():
    names = {}
    for country, text in STATES.items():
        words = text.split()
        for name, code in zip(words[::2], words[1::2]):
            names[name.replace("_", " ")] = names[code] = f"{country}-{code}"
    return names


NAMES = region_names()


def english(prefix):
    return GEOCODE_DATA.get(prefix, {}).get("en", "")


def named_regions(text):
    parts = text.split("/") if "," not in text else [text.rsplit(", ", 1)[1]]
    return [NAMES[part] for part in parts if part in NAMES]


def country_of(area_code):
    for country in phonenumbers.region_codes_for_country_code(1):
        lead = phonenumbers.PhoneMetadata.metadata_for_region(country).leading_digits
        if lead and re.fullmatch(f"(?:{lead}).*", area_code + "0"):
            return country
    return None


def regions_of(area_code):
    country = country_of(area_code)
    if country:
        return [f"US-{country}" if country in TERRITORIES else country]
    direct = named_regions(english("1" + area_code))
    if direct:
        return sorted(direct)
    below = Counter(r for p in GEOCODE_DATA if p.startswith("1" + area_code) for r in named_regions(english(p)))
    return [below.most_common(1)[0][0]] if below else []


def entry(head, prefixes, shortest):
    """`prefixes`: digits after the head -> zones. Those below `shortest` digits say nothing by themselves."""
    share = Counter()
    for digits, zones in prefixes.items():
        share.update({zone: 10.0 ** -len(digits) for zone in zones})
    everything = sorted(share, key=lambda zone: (-share[zone], zone))
    special = {}
    for digits, zones in sorted(prefixes.items()):
        longer = any(other != digits and other.startswith(digits) for other in prefixes)
        if len(digits) >= shortest and (set(zones) != set(everything) or longer):
            special.setdefault(" ".join(zones), []).append(digits)
    below = {zones: " ".join(digits) for zones, digits in sorted(special.items())}
    return {**head, "zones": everything, **({"prefixes": below} if len(everything) > 1 and below else {})}


def area_codes():
    found = {}
    for prefix, zones in TIMEZONE_DATA.items():
        if prefix.startswith("1") and len(prefix) >= 4:
            found.setdefault(prefix[1:4], {})[prefix[4:]] = zones
    return {code: entry({"regions": regions_of(code)}, below, 2) for code, below in sorted(found.items())}


def calling_codes():
    table = {}
    for code, countries in sorted(phonenumbers.COUNTRY_CODE_TO_REGION_CODE.items()):
        below = {p[len(str(code)):]: z for p, z in TIMEZONE_DATA.items() if p.startswith(str(code))}
        if code != 1 and countries[0] != "001" and below:
            table[str(code)] = entry({"country": countries[0]}, below, 2)
    return table


def write(name, key, table):
    text = json.dumps({"source": SOURCE, key: table}, ensure_ascii=False)
    (DATA / name).write_text(text + "\n", encoding="utf-8")


write("area-codes.json", "area_codes", area_codes())
write("calling-codes.json", "calling_codes", calling_codes())
