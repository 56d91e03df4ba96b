"""Countries: the code that stands for each, and the words that sanctions lists use for it.

Codes are the ISO 3166 alpha-2 codes in lower case. Kosovo, states that are no more and regions that
lists name beside states have the codes that FollowTheMoney gives them. A word counts only where it
means one country: "Congolese" and "Korean" are not here, nor are codes of two letters, since "NA"
and "no" say other things on lists; and no part of a phrase is looked at.
"""

from __future__ import annotations

from functools import lru_cache
from typing import Final

_TABLE: Final = """
ad AND Andorra; Andorran
ae ARE United Arab Emirates; UAE; Emirati
af AFG Afghanistan; Islamic Republic of Afghanistan; Afghan; Afghani
ag ATG Antigua and Barbuda
ai AIA Anguilla
al ALB Albania; Albanian
am ARM Armenia; Armenian
ao AGO Angola; Angolan
aq ATA Antarctica
ar ARG Argentina; Argentine; Argentinian
as ASM American Samoa
at AUT Austria; Austrian
au AUS Australia; Australian
aw ABW Aruba
ax ALA Åland Islands; Aland Islands
az AZE Azerbaijan; Azerbaijani
ba BIH Bosnia and Herzegovina; Bosnia-Herzegovina; Bosnia & Herzegovina; Bosnia; Bosnian
bb BRB Barbados; Barbadian
bd BGD Bangladesh; Bangladeshi
be BEL Belgium; Belgian
bf BFA Burkina Faso; Burkinabe
bg BGR Bulgaria; Bulgarian
bh BHR Bahrain; Bahraini
bi BDI Burundi; Burundian
bj BEN Benin; Beninese
bl BLM Saint Barthélemy; Saint Barthelemy
bm BMU Bermuda; Bermudian
bn BRN Brunei; Brunei Darussalam; Bruneian
bo BOL Bolivia; Bolivia (Plurinational State of); Plurinational State of Bolivia; Bolivian
bq BES Bonaire, Sint Eustatius and Saba; Caribbean Netherlands
br BRA Brazil; Brazilian
bs BHS Bahamas; The Bahamas; Bahamas, The; Bahamian
bt BTN Bhutan; Bhutanese
bv BVT Bouvet Island
bw BWA Botswana
by BLR Belarus; Republic of Belarus; Byelorussia; Belarusian; Belarussian
bz BLZ Belize; Belizean
ca CAN Canada; Canadian
cc CCK Cocos (Keeling) Islands; Cocos Islands
cd COD Democratic Republic of the Congo; Congo, Democratic Republic of the; DRC; DR Congo
   Congo (Democratic Republic of the); The Democratic Republic of the Congo
   Congo (Democratic Republic); Congo, The Democratic Republic of the
cf CAF Central African Republic; CAR; Central African
cg COG Congo; Republic of the Congo; Congo, Republic of the; Congo (Republic of the)
   Congo-Brazzaville
ch CHE Switzerland; Swiss
ci CIV Côte d'Ivoire; Cote d'Ivoire; Cote d Ivoire; Ivory Coast; Ivorian
ck COK Cook Islands
cl CHL Chile; Chilean
cm CMR Cameroon; Cameroonian
cn CHN China; People's Republic of China; PRC; China, People's Republic of; Chinese
co COL Colombia; Colombian
cr CRI Costa Rica; Costa Rican
cu CUB Cuba; Cuban
cv CPV Cabo Verde; Cape Verde; Cape Verdean
cw CUW Curaçao; Curacao
cx CXR Christmas Island
cy CYP Cyprus; Cypriot
cz CZE Czech Republic; Czechia; Czech
de DEU Germany; Federal Republic of Germany; German
dj DJI Djibouti; Djiboutian
dk DNK Denmark; Danish
dm DMA Dominica
do DOM Dominican Republic
dz DZA Algeria; Algerian
ec ECU Ecuador; Ecuadorian
ee EST Estonia; Estonian
eg EGY Egypt; Arab Republic of Egypt; Egyptian
eh ESH Western Sahara
er ERI Eritrea; Eritrean
es ESP Spain; Spanish
et ETH Ethiopia; Ethiopian
fi FIN Finland; Finnish
fj FJI Fiji; Fijian
fk FLK Falkland Islands; Falkland Islands (Malvinas)
fm FSM Micronesia; Micronesia (Federated States of); Federated States of Micronesia
   Micronesia, Federated States of
fo FRO Faroe Islands; Faeroe Islands
fr FRA France; French
ga GAB Gabon; Gabonese
gb GBR United Kingdom; United Kingdom of Great Britain and Northern Ireland; UK; Great Britain
   British; U.K.
gd GRD Grenada; Grenadian
ge GEO Georgia; Georgian
gf GUF French Guiana
gg GGY Guernsey
gh GHA Ghana; Ghanaian
gi GIB Gibraltar
gl GRL Greenland
gm GMB Gambia; The Gambia; Gambia, The; Gambian
gn GIN Guinea; Republic of Guinea; Guinean
gp GLP Guadeloupe
gq GNQ Equatorial Guinea; Equatorial Guinean
gr GRC Greece; Greek
gs SGS South Georgia and the South Sandwich Islands
gt GTM Guatemala; Guatemalan
gu GUM Guam
gw GNB Guinea-Bissau; Guinea Bissau; Bissau-Guinean
gy GUY Guyana; Guyanese
hk HKG Hong Kong; Hong Kong Special Administrative Region; Hong Kong SAR; Hong Kong, China
   China, Hong Kong Special Administrative Region; Hong Kong (China)
hm HMD Heard Island and McDonald Islands
hn HND Honduras; Honduran
hr HRV Croatia; Croatian
ht HTI Haiti; Haitian
hu HUN Hungary; Hungarian
id IDN Indonesia; Indonesian
ie IRL Ireland; Republic of Ireland; Irish
il ISR Israel; Israeli
im IMN Isle of Man; Man, Isle of
in IND India; Indian
io IOT British Indian Ocean Territory
iq IRQ Iraq; Iraqi
ir IRN Iran; Iran (Islamic Republic of); Islamic Republic of Iran; Iran, Islamic Republic of
   Iranian
is ISL Iceland; Icelandic
it ITA Italy; Italian
je JEY Jersey
jm JAM Jamaica; Jamaican
jo JOR Jordan; Hashemite Kingdom of Jordan; Jordanian
jp JPN Japan; Japanese
ke KEN Kenya; Kenyan
kg KGZ Kyrgyzstan; Kyrgyz Republic; Kyrgyz
kh KHM Cambodia; Cambodian
ki KIR Kiribati
km COM Comoros; Union of the Comoros; Comoros, Union of the; Comorian
kn KNA Saint Kitts and Nevis; St. Kitts and Nevis; St Kitts and Nevis
kp PRK North Korea; Korea, North; Democratic People's Republic of Korea; DPRK; DPR Korea; RPDC
   Korea (Democratic People's Republic of); Korea, Democratic People's Republic of; North Korean
   Korea, DPR; The Democratic People's Republic of Korea
kr KOR South Korea; Korea, South; Republic of Korea; Korea (Republic of); Korea, Republic of; ROK
   South Korean
kw KWT Kuwait; Kuwaiti
ky CYM Cayman Islands
kz KAZ Kazakhstan; Kazakhstani; Kazakh
la LAO Laos; Lao People's Democratic Republic; Lao; Laotian
lb LBN Lebanon; Lebanese
lc LCA Saint Lucia; St. Lucia; St Lucia
li LIE Liechtenstein
lk LKA Sri Lanka; Sri Lankan
lr LBR Liberia; Liberian
ls LSO Lesotho
lt LTU Lithuania; Lithuanian
lu LUX Luxembourg
lv LVA Latvia; Latvian
ly LBY Libya; Libyan Arab Jamahiriya; State of Libya; Libyan
ma MAR Morocco; Moroccan
mc MCO Monaco; Monegasque
md MDA Moldova; Republic of Moldova; Moldova (Republic of); Moldova, Republic of; Moldovan
me MNE Montenegro; Montenegrin
mf MAF Saint Martin (French part); Saint Martin
mg MDG Madagascar; Malagasy
mh MHL Marshall Islands; Republic of the Marshall Islands; Marshallese
mk MKD North Macedonia; Republic of North Macedonia; North Macedonia, The Republic of; Macedonia
   Macedonia, The Former Yugoslav Republic of; The former Yugoslav Republic of Macedonia
   Macedonian
ml MLI Mali; Malian
mm MMR Myanmar; Burma; Myanmar (Burma); Burma (Myanmar); Burmese
mn MNG Mongolia; Mongolian
mo MAC Macau; Macao; Macao Special Administrative Region; Macao SAR
   China, Macao Special Administrative Region
mp MNP Northern Mariana Islands
mq MTQ Martinique
mr MRT Mauritania; Mauritanian
ms MSR Montserrat
mt MLT Malta; Maltese
mu MUS Mauritius; Mauritian
mv MDV Maldives; Maldivian
mw MWI Malawi; Malawian
mx MEX Mexico; Mexican
my MYS Malaysia; Malaysian
mz MOZ Mozambique; Mozambican
na NAM Namibia; Namibian
nc NCL New Caledonia
ne NER Niger; Nigerien
nf NFK Norfolk Island
ng NGA Nigeria; Nigerian
ni NIC Nicaragua; Nicaraguan
nl NLD Netherlands; The Netherlands; Netherlands, The; Kingdom of the Netherlands; Holland; Dutch
no NOR Norway; Norwegian
np NPL Nepal; Nepalese; Nepali
nr NRU Nauru; Nauruan
nu NIU Niue
nz NZL New Zealand
om OMN Oman; Sultanate of Oman; Omani
pa PAN Panama; Panamanian
pe PER Peru; Peruvian
pf PYF French Polynesia
pg PNG Papua New Guinea
ph PHL Philippines; The Philippines; Philippines, The; Republic of the Philippines; Filipino
pk PAK Pakistan; Pakistani
pl POL Poland; Polish
pm SPM Saint Pierre and Miquelon
pn PCN Pitcairn; Pitcairn Islands
pr PRI Puerto Rico
ps PSE Palestine; State of Palestine; Palestine, State of; Palestinian Territories; Palestinian
   Occupied Palestinian Territory; Palestinian Territory, Occupied; West Bank; Gaza; Gaza Strip
   Region: West Bank; Region: Gaza
pt PRT Portugal; Portuguese
pw PLW Palau; Palauan
py PRY Paraguay; Paraguayan
qa QAT Qatar; Qatari; Qatarian
re REU Réunion; Reunion
ro ROU Romania; Romanian
rs SRB Serbia; Republic of Serbia; Serbian
ru RUS Russia; Russian Federation; Russian
rw RWA Rwanda; Rwandan
sa SAU Saudi Arabia; Kingdom of Saudi Arabia; Saudi; Saudi Arabian
sb SLB Solomon Islands
sc SYC Seychelles; Seychellois
sd SDN Sudan; The Sudan; Republic of the Sudan; Sudanese
se SWE Sweden; Swedish
sg SGP Singapore; Singaporean
sh SHN Saint Helena, Ascension and Tristan da Cunha; Saint Helena
si SVN Slovenia; Slovenian
sj SJM Svalbard and Jan Mayen
sk SVK Slovakia; Slovak Republic; Slovak
sl SLE Sierra Leone; Sierra Leonean
sm SMR San Marino
sn SEN Senegal; Senegalese
so SOM Somalia; Federal Republic of Somalia; Somali
sr SUR Suriname; Surinamese
ss SSD South Sudan; Republic of South Sudan; South Sudanese
st STP Sao Tome and Principe; São Tomé and Príncipe
sv SLV El Salvador; Salvadoran; Salvadorian
sx SXM Sint Maarten; Sint Maarten (Dutch part)
sy SYR Syria; Syrian Arab Republic; Syrian
sz SWZ Eswatini; Swaziland; Kingdom of Eswatini; Swazi
tc TCA Turks and Caicos Islands; Turks and Caicos
td TCD Chad; Chadian
tf ATF French Southern Territories; French Southern and Antarctic Lands
tg TGO Togo; Togolese
th THA Thailand; Thai
tj TJK Tajikistan; Tajik; Tajikistani
tk TKL Tokelau
tl TLS Timor-Leste; East Timor
tm TKM Turkmenistan; Turkmen
tn TUN Tunisia; Tunisian
to TON Tonga; Tongan
tr TUR Turkey; Türkiye; Turkiye; Republic of Turkey; Republic of Türkiye; Turkish
tt TTO Trinidad and Tobago; Trinidadian
tv TUV Tuvalu; Tuvaluan
tw TWN Taiwan; Taiwan, Province of China; Taiwan (Province of China); Taiwanese
tz TZA Tanzania; United Republic of Tanzania; Tanzania, United Republic of; Tanzanian
   Tanzania (United Republic of)
ua UKR Ukraine; Ukrainian
ug UGA Uganda; Ugandan
um UMI United States Minor Outlying Islands
us USA United States; United States of America; The United States of America; U.S.; U.S.A.; American
uy URY Uruguay; Uruguayan
uz UZB Uzbekistan; Uzbek; Uzbekistani
va VAT Holy See; Vatican City; Vatican City State; Holy See (Vatican City State)
vc VCT Saint Vincent and the Grenadines; St. Vincent and the Grenadines
   St Vincent and the Grenadines
ve VEN Venezuela; Venezuela (Bolivarian Republic of); Bolivarian Republic of Venezuela
   Venezuela, Bolivarian Republic of; Venezuelan
vg VGB British Virgin Islands; Virgin Islands, British; Virgin Islands (British)
vi VIR United States Virgin Islands; Virgin Islands, U.S.; Virgin Islands (U.S.)
   US Virgin Islands; U.S. Virgin Islands
vn VNM Vietnam; Viet Nam; Socialist Republic of Vietnam; Vietnamese
vu VUT Vanuatu; Ni-Vanuatu
wf WLF Wallis and Futuna
ws WSM Samoa; Samoan
xk XKX Kosovo; Republic of Kosovo; Kosovan; Kosovar
ye YEM Yemen; Republic of Yemen; Yemeni
yt MYT Mayotte
za ZAF South Africa; Republic of South Africa; South African
zm ZMB Zambia; Zambian
zw ZWE Zimbabwe; Zimbabwean
cshh CSK Czechoslovakia; former Czechoslovakia; Czechoslovak Socialist Republic
csxx SCG Serbia and Montenegro; former Serbia and Montenegro
dd DDR East Germany; German Democratic Republic; GDR
suhh SUN Soviet Union; USSR; U.S.S.R.; former Soviet Union; former USSR
   Union of Soviet Socialist Republics
yucs YUG Yugoslavia; former Yugoslavia; Federal Republic of Yugoslavia
   Socialist Federal Republic of Yugoslavia
ua-cri - Crimea; Region: Crimea
"""
"""A line for each: code, alpha-3 code, name, other words; an indented line goes on."""


@lru_cache(maxsize=4096)
def code_of(words: str) -> str | None:
    """Return the code of the country that words name exactly; None where they name none.

    Args:
        words: as a list writes them: ``Korea, North``, ``Iran (Islamic Republic of)``, ``PRK``.
            White space and the form of an apostrophe make no difference, nor do capitals but
            in a code.
    """
    return _long_codes().get(words) or _codes().get(_folded(words))


def name_of(code: str) -> str | None:
    """Return the plain English name of the country with a code; None where no country has it."""
    return _names().get(code.lower())


@lru_cache(maxsize=1)
def _names() -> dict[str, str]:
    return {code: words[0] for code, _, words in _rows()}


@lru_cache(maxsize=1)
def _codes() -> dict[str, str]:
    return {_folded(word): code for code, _, words in _rows() for word in words}


@lru_cache(maxsize=1)
def _long_codes() -> dict[str, str]:
    return {long: code for code, long, _ in _rows() if long != "-"}


def _rows() -> list[tuple[str, str, list[str]]]:
    rows: list[tuple[str, str, list[str]]] = []
    for line in _TABLE.strip().splitlines():
        if line.startswith(" "):
            rows[-1][2].extend(word.strip() for word in line.split(";"))
        else:
            code, long, words = line.split(" ", 2)
            rows.append((code, long, [word.strip() for word in words.split(";")]))
    return rows


def _folded(words: str) -> str:
    return " ".join(words.replace("\u2019", "'").casefold().split())
