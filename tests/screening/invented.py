"""Sixty-odd listed parties that never were: persons of ten cultures, companies, vessels."""

from collections.abc import Iterable
from typing import Final

from msgspec.structs import replace

from detente.entities.model import Address, Birth, Identifier, Name, Party
from detente.entities.scripts import script_of
from detente.entities.spans import parse_span

_PERSONS: Final = """
AL-JABBURI, Tariq Mahmud | طارق محمود الجبوري | 12 Mar 1958 | Iraq | male
AL-SHAMMARI, Qasim Husayn | قاسم حسين الشمري | 1964 | Iraq | male
AL-HADDADI, Yusuf Abd al-Rahman | يوسف عبد الرحمن الحدادي | 03 Nov 1971 | Yemen | male
AL-MASRATI, Muhammad Salih | محمد صالح المصراتي | 21 Sep 1949 | Libya | male
BEN DHAOU, Sofiane | سفيان بن ضو | 05 Jul 1982 | Tunisia | male
BARAKATI, Nadia Khalil | نادية خليل بركاتي | 1975 | Syria | female
AL-TURKMANI, Ghassan Faysal Adnan | غسان فيصل عدنان التركماني | 30 Jan 1960 | Syria | male
QURESHANI, Abdul Qadir Nurullah | عبد القادر نور الله قریشانی | 1968 | Afghanistan | male
ROSHANZADEH, Behrouz Mehrdad | بهروز مهرداد روشن‌زاده | 14 Oct 1966 | Iran | male
TAVAKKOLPUR, Shirin | شیرین توکل‌پور | 02 Apr 1979 | Iran | female
VOLOSHENKOV, Sergei Ivanovich | Сергей Иванович Волошенков | 17 Jun 1963 | Russia | male
KHLEBTSOV, Dmitry Petrovich | Дмитрий Петрович Хлебцов | 08 Feb 1970 | Russia | male
ZHURAVSKAYA, Yekaterina Sergeevna | Екатерина Сергеевна Журавская | 25 May 1981 | Russia | female
TSVETAEVSKY, Yevgeny Nikolaevich | Евгений Николаевич Цветаевский | 1957 | Russia | male
SHCHUKARIN, Aleksandr Vladimirovich | Александр Владимирович Щукарин | 11 Dec 1974 | Russia | male
BONDARCHENKO, Mikhail Borisovich | Михаил Борисович Бондарченко | 1961 | Ukraine | male
LUKASHEVICH, Nikolai Andreevich | Николай Андреевич Лукашевич | 04 Sep 1959 | Belarus | male
PAK, Myong Chol | 박명철 | 09 Aug 1956 | North Korea | male
RI, Kwang Hyok | 리광혁 | 23 Apr 1967 | North Korea | male
CHOE, Yong Sun | 최영순 | 1972 | North Korea | female
KIM, Tong Su | 김동수 | 05 Mar 1963 | North Korea | male
KANG, Song Nam | 강성남 | 18 Oct 1969 | North Korea | male
JANG, Hyon U | 장현우 | 1975 | North Korea | male
RYU, Kyong Il | 류경일 | 02 Jul 1960 | North Korea | male
ZHANG, Xiaoguang | 张晓光 | 06 Nov 1968 | China | male
QIAN, Zhongwei | 钱忠伟 | 1973 | China | male
XU, Guoqiang | 徐国强 | 28 Feb 1955 | China | male
CAI, Lijuan | 蔡丽娟 | 19 Jun 1984 | China | female
VILLANUEVA ORDAZ, José Ignacio | | 07 May 1965 | Mexico | male
QUIÑONES BARRERA, Francisco Javier | | 22 Jan 1978 | Colombia | male
PEÑALOZA MONTIEL, María Guadalupe | | 1971 | Venezuela | female
MÜLLENHÖFER, Jürgen | | 13 Apr 1962 | Germany | male
LEFÈVRE-DUQUESNE, Benoît Édouard | | 10 Aug 1959 | France | male
CARMODY, William Thaddeus | | 15 Sep 1954 | Ireland | male
WETHERSTONE, Robert James Alistair | | 1969 | South Africa | male
KAYABAŞOĞLU, Mehmet Şükrü | | 27 Mar 1976 | Turkey | male
WARSAMEEYE, Abdirizak Farah | | 1980 | Somalia | male
MBEKWENDU, Jean-Bosco | | 04 Jun 1964 | Democratic Republic of the Congo | male
HLAINGTHAN, Kyaw Zeya | | 1958 | Burma | male
SURYADIPRAJA, Bambang Hendro | | 16 Dec 1973 | Indonesia | male
"""
_COMPANIES: Final = """
ZENDAVAND SHIPPING COMPANY LIMITED | Iran | Bandar Abbas
ARVANDKENAR PETROLEUM CO | Iran | Tehran
KUMSONGSAN GENERAL TRADING CORPORATION | North Korea | Pyongyang
MYOHYANGCHON ELECTRONICS CORP | North Korea | Pyongyang
AL-RAFIDAYNI CONSTRUCTION COMPANY LLC | Iraq | Baghdad
QASYUNIYA TEXTILES LLC | Syria | Damascus
OOO SEVERNAYA KAREVNA | Russia | Murmansk
VOLGASTROI MASHINERY JSC | Russia | Samara
HENGDATONG ELECTRONICS TRADING CO LTD | China | Dalian
PEARLMERE INSURANCE PLC | Cyprus | Limassol
STRELSAUER WERKZEUG GMBH | Germany | Bremen
ESTRELLA QUEMADA MINING INC | Panama | Panama City
TALLOWAY SECOND CONSTRUCTION BUREAU 2 LTD | Belarus | Minsk
REPAIR WORKS 17 STEEL LIMITED | Russia | Perm
NAMSURYONG BANK | North Korea | Pyongyang
"""
_VESSELS: Final = """
CHONMASAN PRIDE 5 | 861204 | North Korea
CHONMASAN PRIDE 9 | 861205 | North Korea
SILVER CORMORANT | 790133 | Panama
ZARRINSHAHR | 912467 | Iran
BEHSHAHRI II | 918801 | Iran
EASTERN LARKSPUR | 885210 | Togo
KUM UNHA SAN | 770951 | North Korea
OCEAN THISTLE SEVEN | 931774 | Liberia
VOLGOBALT PETREL | 826640 | Russia
MARIGOLDEN STAR | 945503 | Comoros
"""


def _check_digit(first: str) -> str:
    return first + str(sum(int(digit) * (7 - n) for n, digit in enumerate(first)) % 10)


def _rows(table: str) -> list[list[str]]:
    return [[cell.strip() for cell in line.split("|")] for line in table.strip().splitlines()]


def _person(number: int, row: list[str]) -> Party:
    name, original, born, nation, gender = row
    names = [Name(text=name)]
    if original:
        names.append(Name(text=original, kind="original-script", script=script_of(original)))
    return Party(
        source="made", entry=f"p{number}", kind="person", names=tuple(names), gender=gender,
        births=(Birth(date=parse_span(born)),), nationalities=(nation,),
    )  # fmt: skip


def _company(number: int, row: list[str]) -> Party:
    name, country, city = row
    return Party(
        source="made", entry=f"c{number}", kind="organisation", names=(Name(text=name),),
        addresses=(Address(city=city, country=country),),
    )  # fmt: skip


def _vessel(number: int, row: list[str]) -> Party:
    name, first, flag = row
    imo = Identifier(kind="imo", value=_check_digit(first), valid=True)
    return Party(
        source="made", entry=f"v{number}", kind="vessel", names=(Name(text=name),),
        identifiers=(imo,), details={"flag": flag},
    )  # fmt: skip


PARTIES: Final[tuple[Party, ...]] = (
    *(_person(n, row) for n, row in enumerate(_rows(_PERSONS), 1)),
    *(_company(n, row) for n, row in enumerate(_rows(_COMPANIES), 1)),
    *(_vessel(n, row) for n, row in enumerate(_rows(_VESSELS), 1)),
)
"""The parties, each with its name in its own script where it has one."""


def latin_only(parties: Iterable[Party]) -> tuple[Party, ...]:
    """Return the parties as they stand on a list that is in Latin script alone."""
    return tuple(
        replace(party, names=tuple(name for name in party.names if name.script == "Latn"))
        for party in parties
    )
