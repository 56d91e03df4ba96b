"""Invented entries in the official layouts of the lists of the European Union and of Britain."""

import csv
import io
from collections.abc import Iterable, Mapping


def columns(text: str, delimiter: str = ",") -> list[str]:
    """Return the names of a header."""
    return text.split(delimiter)


ACT = 'numberTitle="2031/7 (OJ L9)" publicationUrl="https://example.org/act"'

EU_XML = f"""<?xml version="1.0" encoding="UTF-8" standalone="yes"?>
<export xmlns="http://eu.europa.ec/fpi/fsd/export" generationDate="2031-05-02T16:47:04.4+02:00"
  globalFileId="7">
  <sanctionEntity designationDetails="made &gt; of paper" unitedNationId="KPi.999"
    designationDate="2030-01-31" euReferenceNumber="EU.1.2" logicalId="901" mood="grim">
    <remark>(Date of UN designation: 2030-01-30)</remark>
    <regulation regulationType="amendment" organisationType="council"
      publicationDate="2031-03-04" entryIntoForceDate="2031-03-05" numberTitle="2031/5 (OJ L8)"
      programme="PRK" logicalId="1"><publicationUrl>https://example.org</publicationUrl></regulation>
    <subjectType code="person" classificationCode="P"/>
    <nameAlias firstName="" middleName="" lastName="" wholeName="The Tester" strong="false"
      nameLanguage="EN" logicalId="2"/>
    <nameAlias firstName="Test" middleName="Su" lastName="Han" wholeName="Test Su Han" gender="M"
      title="Dr" function="Tester of parsers" strong="true" nameLanguage="" logicalId="3">
      <regulationSummary regulationType="regulation" publicationDate="2030-01-31" {ACT}/>
    </nameAlias>
    <nameAlias wholeName="Test Su Han" firstName="Test" middleName="Su" lastName="Han" gender="M"
      title="Dr" function="Tester of parsers" strong="true" logicalId="4"/>
    <nameAlias wholeName="Жди Щит" strong="true" nameLanguage="BG" logicalId="5">
      <remark>Low quality alias</remark><oddity>kept</oddity></nameAlias>
    <citizenship region="" countryIso2Code="KP" countryDescription="KOREA, DPR" logicalId="6"/>
    <citizenship region="" countryIso2Code="00" countryDescription="UNKNOWN" logicalId="7"/>
    <birthdate circa="true" calendarType="GREGORIAN" city="Testville" zipCode="" year="1961"
      region="" place="" countryIso2Code="KP" countryDescription="KOREA, DPR" logicalId="8"/>
    <birthdate circa="false" calendarType="GREGORIAN" birthdate="1962-03-04" dayOfMonth="4"
      monthOfYear="3" year="1962" city="" countryIso2Code="00" countryDescription="UNKNOWN"/>
    <birthdate circa="false" calendarType="GREGORIAN" yearRangeFrom="1970" yearRangeTo="1972"/>
    <birthdate circa="false" calendarType="ISLAMIC" birthdate="1380-01-01"/>
    <identification diplomatic="true" knownExpired="true" knownFalse="false" reportedLost="false"
      revokedByIssuer="false" issuedBy="Testville" issuedDate="2001-02-03" validTo="2011-02-03"
      latinNumber="" nameOnDocument="Han T." number="T0001" region="" countryIso2Code="KP"
      countryDescription="KOREA, DPR" identificationTypeCode="passport"
      identificationTypeDescription="National passport" logicalId="9"><remark>blue</remark>
    </identification>
    <identification number="-" identificationTypeCode="other" countryDescription="KOREA, DPR"/>
    <address city="Testville" street="1 Test Street" poBox="12" zipCode="1000" region="North"
      place="" asAtListingTime="true" countryIso2Code="KP" countryDescription="KOREA, DPR">
      <contactInfo key="PHONE" value="+850 1"/><contactInfo key="PIGEON" value="grey"/></address>
    <address city="" street="" countryIso2Code="00" countryDescription="UNKNOWN"/>
    <surprise>a new element</surprise>
  </sanctionEntity>
  <sanctionEntity euReferenceNumber="EU.3.4" logicalId="902">
    <subjectType code="enterprise" classificationCode="E"/>
    <nameAlias wholeName="Paper Ship" function="carries nothing" strong="true"/>
    <identification number="IMO 9074729" identificationTypeCode="imo"/>
  </sanctionEntity>
</export>
""".encode()

EU_OLD_XML = b"""<?xml version="1.0" encoding="UTF-8"?>
<WHOLE Date="11/02/2031">
<ENTITY Id="901" Type="P" legal_basis="2030/1 (OJ L1)" reg_date="2030-01-31" pdf_link="x"
 programme="PRK" remark="(a note)">
<NAME Id="1" Entity_id="901" legal_basis="2031/5 (OJ L8)" reg_date="2031-03-04" pdf_link="x"
 programme="PRK"><LASTNAME>Han</LASTNAME><FIRSTNAME>Test</FIRSTNAME><MIDDLENAME/>
<WHOLENAME>Test Han</WHOLENAME><GENDER>F</GENDER><TITLE/><FUNCTION>tester</FUNCTION>
<LANGUAGE>FR</LANGUAGE></NAME>
<BIRTH Id="2"><DATE>1958 - 1963 (approximative)</DATE><PLACE>Testville</PLACE><COUNTRY>PRK</COUNTRY>
</BIRTH>
<PASSPORT Id="3"><NUMBER>T0001 (passport-National passport) (valid to 2014-02-21)[known to be \
expired](blue)</NUMBER><COUNTRY>PRK</COUNTRY></PASSPORT>
<CITIZEN Id="4"><COUNTRY>PRK</COUNTRY></CITIZEN>
<ADDRESS Id="5"><NUMBER>1</NUMBER><STREET>Test Street</STREET><ZIPCODE/><CITY>Testville</CITY>
<COUNTRY>PRK</COUNTRY><OTHER>PHONE[1 2]
FAX[3 4](former)</OTHER></ADDRESS>
<GHOST>boo</GHOST>
</ENTITY>
<ENTITY Id="902" Type="E" legal_basis="2030/1 (OJ L1)" programme="PRK"></ENTITY>
</WHOLE>
"""

EU_COLUMNS = columns(
    "fileGenerationDate Entity_LogicalId Entity_EU_ReferenceNumber Entity_UnitedNationId "
    "Entity_DesignationDate Entity_DesignationDetails Entity_Remark Entity_SubjectType "
    "Entity_SubjectType_ClassificationCode Entity_Regulation_Type Entity_Regulation_NumberTitle "
    "Entity_Regulation_Programme Entity_Regulation_PublicationDate NameAlias_LastName "
    "NameAlias_FirstName NameAlias_WholeName NameAlias_Gender NameAlias_LogicalId Address_City "
    "Address_ContactInfo Address_CountryIso2Code Address_CountryDescription BirthDate_BirthDate "
    "BirthDate_Day BirthDate_Month BirthDate_Year BirthDate_Circa BirthDate_CountryDescription "
    "Identification_Number Identification_TypeCode Identification_TypeDescription "
    "Identification_KnownFalse Citizenship_CountryDescription Citizenship_Regulation_NumberTitle "
    "Moon_Phase",
    " ",
)

EU_OLD_COLUMNS = columns(
    "Date_file Entity_logical_id Subject_type Leba_numtitle Leba_publication_date Leba_url "
    "Programme Entity_remark Naal_logical_id Entity_logical_id Naal_leba_numtitle "
    "Naal_leba_publication_date Naal_leba_url Naal_programme Naal_lastname Naal_firstname "
    "Naal_middlename Naal_wholename Naal_gender Naal_title Naal_function Naal_language "
    "Birt_logical_id Entity_logical_id Birt_leba_numtitle Birt_date Birt_place Birt_country "
    "Iden_number Iden_country Citi_country EU_ref_num",
    " ",
)

OFSI_2018 = columns(
    "Name 6,Name 1,Name 2,Name 3,Name 4,Name 5,Title,DOB,Town of Birth,Country of Birth,"
    "Nationality,Passport Details,NI Number,Position,Address 1,Address 2,Address 3,Address 4,"
    "Address 5,Address 6,Post/Zip Code,Country,Other Information,Group Type,Alias Type,Regime,"
    "Listed On,Last Updated,Group ID"
)

OFSI_2022 = columns(
    "Name 6,Name 1,Name 2,Name 3,Name 4,Name 5,Title,Name Non-Latin Script,Non-Latin Script Type,"
    "Non-Latin Script Language,DOB,Town of Birth,Country of Birth,Nationality,Passport Number,"
    "Passport Details,National Identification Number,National Identification Details,Position,"
    "Address 1,Address 2,Address 3,Address 4,Address 5,Address 6,Post/Zip Code,Country,"
    "Other Information,Group Type,Alias Type,Alias Quality,Regime,Listed On,"
    "UK Sanctions List Date Designated,Last Updated,Group ID"
)

UKSL = columns(
    "Last Updated,Unique ID,OFSI Group ID,UN Reference Number,Name 6,Name 1,Name 2,Name 3,Name 4,"
    "Name 5,Name type,Alias strength,Title,Name non-latin script,Non-latin script type,"
    "Non-latin script language,Regime Name,Designation Type,Designation source,Sanctions Imposed,"
    "Other Information,UK Statement of Reasons,Address Line 1,Address Line 2,Address Line 3,"
    "Address Line 4,Address Line 5,Address Line 6,Address Postal Code,Address Country,"
    "Phone number,Website,Email address,Date Designated,D.O.B,Nationality(/ies),"
    "National Identifier number,National Identifier additional information,Passport number,"
    "Passport additional information,Position,Gender,Town of birth,Country of birth,"
    "Type of entity,Subsidiaries,Parent company,Business registration number (s),IMO number,"
    "Current owner/operator (s),Previous owner/operator (s),Current believed flag of ship,"
    "Previous flags,Type of ship,Tonnage of ship,Length of ship,Year Built,"
    "Hull identification number (HIN)"
)

KOREA = "The Democratic People's Republic of Korea (Sanctions) (EU Exit) Regulations 2019"

UK_XML = f"""<?xml version="1.0" encoding="utf-8"?>
<Designations xmlns:xsi="http://www.w3.org/2001/XMLSchema-instance">
  <DateGenerated>20/08/2031</DateGenerated>
  <Designation>
    <LastUpdated>14/04/2031</LastUpdated><DateDesignated>25/01/2030</DateDesignated>
    <UniqueID>DPR9001</UniqueID><OFSIGroupID>99001</OFSIGroupID>
    <UNReferenceNumber>KPi.999</UNReferenceNumber>
    <Names>
      <Name><Name1>Su</Name1><Name6>HANN</Name6><NameType>Primary Name Variation</NameType></Name>
      <Name><Name1>Test </Name1><Name2>Su</Name2><Name6>HAN</Name6><NameType>Primary Name</NameType>
      </Name>
      <Name><Name6>The Tester</Name6><NameType>ALias</NameType>
        <AliasStrength>Low quality a.k.a</AliasStrength><Whim>kept</Whim></Name>
      <Name><NameType>Alias</NameType></Name>
    </Names>
    <NonLatinNames><NonLatinName><NameNonLatinScript>한시험</NameNonLatinScript>
      <NonLatinScriptLanguage>Korean</NonLatinScriptLanguage></NonLatinName></NonLatinNames>
    <Titles><Title>Dr</Title></Titles>
    <RegimeName>{KOREA}</RegimeName>
    <IndividualEntityShip>Individual</IndividualEntityShip>
    <DesignationSource>UN</DesignationSource>
    <SanctionsImposed>Asset freeze|Travel Ban</SanctionsImposed>
    <SanctionsImposedIndicators><AssetFreeze>true</AssetFreeze></SanctionsImposedIndicators>
    <OtherInformation>Likes tests.</OtherInformation>
    <UKStatementofReasons>Tested without leave.</UKStatementofReasons>
    <Addresses><Address><AddressLine1>1 Test Street</AddressLine1>
      <AddressLine6>Testville</AddressLine6><AddressPostalCode>1000</AddressPostalCode>
      <AddressCountry>North Korea</AddressCountry></Address>
    </Addresses>
    <IndividualDetails><Individual>
      <DOBs><DOB>dd/mm/1961</DOB><DOB>dd/09/1962</DOB><DOB>01/03/1963</DOB><DOB>15/08/19yy</DOB></DOBs>
      <PassportDetails>
        <Passport><PassportNumber>T0001</PassportNumber>
          <PassportAdditionalInformation>blue</PassportAdditionalInformation></Passport>
        <Passport><PassportAdditionalInformation>lost</PassportAdditionalInformation></Passport>
      </PassportDetails>
      <NationalIdentifierDetails><NationalIdentifier>
        <NationalIdentifierNumber>77</NationalIdentifierNumber></NationalIdentifier>
      </NationalIdentifierDetails>
      <Nationalities><Nationality>North Korea</Nationality></Nationalities>
      <Positions><Position>Tester</Position></Positions><Genders><Gender>Male</Gender></Genders>
      <BirthDetails><Location><TownOfBirth>Testville</TownOfBirth>
        <CountryOfBirth>North Korea</CountryOfBirth></Location></BirthDetails>
      <Hobby>chess</Hobby>
    </Individual></IndividualDetails>
  </Designation>
  <Designation>
    <UniqueID>DPR9002</UniqueID>
    <Names><Name><Name6>Paper Ship</Name6><NameType>Primary name</NameType></Name></Names>
    <RegimeName>{KOREA}</RegimeName><IndividualEntityShip>Ship</IndividualEntityShip>
    <SanctionsImposedIndicators><Deflag>true</Deflag><TravelBan>false</TravelBan>
    </SanctionsImposedIndicators>
    <ShipDetails><Ship>
      <IMONumbers><IMONumber>IMO9074729</IMONumber></IMONumbers>
      <CurrentOwnerOperators><CurrentOwnerOperator>Paper Lines</CurrentOwnerOperator>
      </CurrentOwnerOperators>
      <CurrentBelievedFlagOfShips><CurrentBelievedFlagOfShip>Comoros</CurrentBelievedFlagOfShip>
      </CurrentBelievedFlagOfShips><PreviousFlags><PreviousFlag>Togo</PreviousFlag></PreviousFlags>
      <TypeOfShipDetails><TypeOfShip>Bulk carrier</TypeOfShip></TypeOfShipDetails>
      <YearsBuilt><YearBuilt>2011</YearBuilt></YearsBuilt>
    </Ship></ShipDetails>
  </Designation>
  <Designation>
    <UniqueID>DPR9003</UniqueID>
    <Names><Name><Name6>Paper Lines</Name6><NameType>Primary name</NameType></Name></Names>
    <IndividualEntityShip>Entity</IndividualEntityShip>
    <EntityDetails><Entity><TypeOfEntities><TypeOfEntity>Company</TypeOfEntity></TypeOfEntities>
      <ParentCompanies><ParentCompany>Paper Holding</ParentCompany></ParentCompanies>
      <BusinessRegistrationNumbers><BusinessRegistrationNumber>B 1</BusinessRegistrationNumber>
      </BusinessRegistrationNumbers></Entity></EntityDetails>
    <PhoneNumbers><PhoneNumber>+850 1</PhoneNumber></PhoneNumbers>
  </Designation>
</Designations>
""".encode()


def table(
    columns: Iterable[str], rows: Iterable[Mapping[str, str]], delimiter: str = ",", above: str = ""
) -> bytes:
    """Return a CSV in UTF-8: a line above the header, the header, a row for each mapping."""
    names = list(columns)
    written = io.StringIO(newline="")
    writer = csv.writer(written, delimiter=delimiter, lineterminator="\r\n")
    writer.writerow(names)
    for row in rows:
        writer.writerow([row.get(name, "") for name in names])
    return (above + written.getvalue()).encode()


EU_CSV = b"\xef\xbb\xbf" + table(
    EU_COLUMNS,
    [
        head | {"fileGenerationDate": "05/08/2031", "Entity_SubjectType": "P"} | part
        for head in (
            {"Entity_LogicalId": "901", "Entity_EU_ReferenceNumber": "EU.1.2",
             "Entity_UnitedNationId": "KPi.999", "Entity_DesignationDate": "2030-01-31",
             "Entity_SubjectType_ClassificationCode": "person",
             "Entity_Regulation_Type": "amendment", "Entity_Regulation_Programme": "PRK",
             "Entity_Regulation_NumberTitle": "2031/5 (OJ L8)",
             "Entity_Regulation_PublicationDate": "2031-03-04"},
        )
        for part in (
            {"NameAlias_WholeName": "Test Han", "NameAlias_LastName": "Han",
             "NameAlias_FirstName": "Test", "NameAlias_Gender": "M", "NameAlias_LogicalId": "3"},
            {"NameAlias_WholeName": "The; Tester\nof tests"},
            {"Address_City": "Testville", "Address_ContactInfo": "PHONE[+850 1]",
             "Address_CountryIso2Code": "KP", "Address_CountryDescription": "KOREA, DPR"},
            {"BirthDate_Year": "1961", "BirthDate_Circa": "true"},
            {"BirthDate_BirthDate": "1962-03-04", "BirthDate_Day": "4", "BirthDate_Month": "3",
             "BirthDate_Year": "1962", "BirthDate_CountryDescription": "UNKNOWN"},
            {"Identification_Number": "T0001", "Identification_TypeCode": "passport",
             "Identification_TypeDescription": "National passport",
             "Identification_KnownFalse": "true"},
            {"Citizenship_CountryDescription": "KOREA, DPR", "Moon_Phase": "full",
             "Citizenship_Regulation_NumberTitle": "2031/7 (OJ L9)"},
        )
    ],
    ";",
)  # fmt: skip

EU_OLD_CSV = table(
    EU_OLD_COLUMNS,
    [
        {"Date_file": "04/07/2031", "Subject_type": "P", "Leba_numtitle": "2031/5 (OJ L8)",
         "Programme": "PRK", "EU_ref_num": "EU.1.2", "Entity_logical_id": "901"} | part
        for part in (
            {"Naal_wholename": "Test Han", "Naal_lastname": "Han", "Naal_gender": "M",
             "Naal_leba_numtitle": "2031/7 (OJ L9)", "Entity_remark": "(one)\\n(two)"},
            {"Birt_date": "1961 (approximative)", "Birt_place": "Testville"},
            {"Iden_number": "T0001 (passport-National passport) ", "Iden_country": "PRK"},
            {"Citi_country": "PRK"},
        )
    ],
    ";",
)  # fmt: skip

_HAN = {
    "Name 6": "HAN", "Name 1": "Test", "Title": "(1) Dr (2) General", "DOB": "00/00/1961",
    "Town of Birth": "Testville", "Country of Birth": "North Korea",
    "Nationality": "1) North Korea 2) Utopia", "Position": "Tester", "Address 1": "1 Test Street",
    "Address 6": "Testville", "Country": "North Korea", "Group Type": "Individual",
    "Alias Type": "Prime Alias", "Regime": "North Korea", "Listed On": "22/12/2030",
    "Last Updated": "09/01/2031", "Group ID": "99001",
    "Other Information": "UN Ref.KPi.999. Likes tests.",
}  # fmt: skip
_SHIP = {
    "Name 6": "PAPER SHIP", "Group Type": "Entity", "Alias Type": "Prime Alias",
    "Regime": "North Korea", "Group ID": "99002", "Other Information": "IMO: 9074729. Afloat.",
}  # fmt: skip

UK_2018 = table(
    OFSI_2018,
    [
        _HAN | {"Passport Details": "Passport No. T0001 (lost)", "NI Number": "(1) 77 (2) unknown"},
        _SHIP,
        _HAN | {"Name 6": "HANN", "Alias Type": "AKA", "DOB": "01/08/1962"},
        _HAN | {"Name 6": "TEST WORKS", "Name 1": "", "Alias Type": "FKA"},
    ],
    above="Last Updated,13/04/2031" + "," * 27 + "\n",
).replace(b"Testville", "Têstville".encode("windows-1252"))

UK_2022 = table(
    OFSI_2022,
    [
        _HAN | {
            "Alias Type": "Primary name", "Name Non-Latin Script": "한시험",
            "Non-Latin Script Language": "Korean", "Passport Number": "(1) T0001 (2) T0002",
            "Passport Details": "(1) blue (2) green", "National Identification Number": "77",
            "National Identification Details": "card", "Other Information":
            "(UK Sanctions List Ref):DPR9001. (UN Ref):KPi.999. Likes tests. (UK Statement of "
            "Reasons):Tested. (Phone number):(1) +850 1 (2) +850 2 (Gender):Male (Mood):grim",
            "UK Sanctions List Date Designated": "31/12/2030",
        },
        _HAN | {"Name 6": "Tester", "Name 1": "", "Alias Type": "AKA",
                "Alias Quality": "Low quality"},
        {"Name 6": "PAPER SHIP", "Group Type": "Ship", "Alias Type": "Primary name",
         "Regime": "North Korea", "Group ID": "99002", "Other Information":
         "Asset of Paper Lines (UK Sanctions List Ref):unknown (IMO number):9074729 "
         "(Current owners):Paper Lines (Flag of ship):North Korea (Type of ship):Oil tanker"},
    ],
    above="Last Updated,03/06/2031\n",
)  # fmt: skip

UK_CSV = table(
    UKSL,
    [
        {"Last Updated": "14/04/2031", "Unique ID": "DPR9001", "OFSI Group ID": "99001",
         "UN Reference Number": "KPi.999", "Name 6": "HAN", "Name 1": "Test", "Regime Name": KOREA,
         "Name type": "Primary Name", "Designation Type": "Individual", "D.O.B": "dd/mm/1961",
         "Date Designated": "25/01/2030", "Town of birth": "Testville", "Gender": "Male",
         "Passport number": "T0001", "Passport additional information": "blue",
         "UK Statement of Reasons": "Tested, at length.\nTwice.", "Address Country": "North Korea",
         "Designation source": "UN", "Sanctions Imposed": "Asset freeze"} | more
        for more in (
            {"Name non-latin script": "한시험"},
            {"Name 6": "Tester", "Name 1": "", "Name type": "Alias",
             "Alias strength": "Low quality a.k.a"},
        )
    ] + [
        {"Unique ID": "DPR9002", "Name 6": "Paper Ship", "Name type": "Primary Name",
         "Designation Type": "Ship", "Regime Name": KOREA, "IMO number": "9074729",
         "Type of ship": "Bulk carrier", "Hull identification number (HIN)": "H1"},
    ],
    above="Report Date: 13-Feb-2031\r\n",
)  # fmt: skip
