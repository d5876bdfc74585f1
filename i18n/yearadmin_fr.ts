<?xml version="1.0" encoding="utf-8"?>
<!DOCTYPE TS>
<TS version="2.1" language="fr" sourcelanguage="en">
<context>
    <name>command</name>
    <message>
        <source>Not connected. This is how it was on {when}.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>The server said: {words}</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>{year} is closed: users no longer see it.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>{year} is created; its units are being imported.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>{year} is open to users.</source>
        <translation type="unfinished"></translation>
    </message>
</context>
<context>
    <name>data_management_year_already_open</name>
    <message>
        <source>Year {year} is already open to users.</source>
        <translation>L’année {year} est déjà ouverte aux utilisateurs.</translation>
    </message>
</context>
<context>
    <name>data_management_year_is_not_open</name>
    <message>
        <source>Not yet open</source>
        <translation>Pas encore ouverte</translation>
    </message>
</context>
<context>
    <name>data_management_year_is_open</name>
    <message>
        <source>Open to users</source>
        <translation>Ouverte aux utilisateurs</translation>
    </message>
</context>
<context>
    <name>data_management_year_opened_success</name>
    <message>
        <source>Year {year} is open to users</source>
        <translation>L’année {year} est ouverte aux utilisateurs</translation>
    </message>
</context>
<context>
    <name>desktop.band</name>
    <message>
        <source>&amp;Sign in…</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>&amp;Try now</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Read &amp;again</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>{year} could not be read again, so what you see may be out of date.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>{year} could not be read from the server; you see what was kept here.</source>
        <translation type="unfinished"></translation>
    </message>
</context>
<context>
    <name>desktop.dialogs</name>
    <message>
        <source>Cancel</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Four digits, for example 2031</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Other year</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Show year</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Type a year first.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Which year do you want to look at or prepare?</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Year</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>{text} can’t be a reporting year. Choose one between {first} and {last}.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>“{text}” is not a year: use digits only, such as 2031.</source>
        <translation type="unfinished"></translation>
    </message>
</context>
<context>
    <name>desktop.footer</name>
    <message numerus="yes">
        <source>%n recent message(s)</source>
        <translation type="unfinished">
            <numerusform></numerusform>
            <numerusform></numerusform>
        </translation>
    </message>
    <message>
        <source>Click to connect again now</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Language</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Language: {name}</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Messages</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Sign &amp;out</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Sign in</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Signed in as {name}</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Try as another person</source>
        <translation type="unfinished"></translation>
    </message>
</context>
<context>
    <name>desktop.notices</name>
    <message>
        <source>Close</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Copy</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Copy this message</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Details</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Dismiss</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Dismiss: {title}</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Hide details</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Messages</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Nothing has been told yet.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Recent messages, newest first</source>
        <translation type="unfinished"></translation>
    </message>
</context>
<context>
    <name>desktop.pages</name>
    <message>
        <source>&amp;Create year {year}</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>&amp;Retry</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>&amp;Sign in…</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>&amp;Try now</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>As soon as a year is opened to users, it appears here.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Choose a year</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Closing…</source>
        <translation>Fermeture…</translation>
    </message>
    <message>
        <source>Connecting…</source>
        <translation>Connexion…</translation>
    </message>
    <message>
        <source>Copy the server’s words</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Creating it sets up its units, users and reports. Users do not see it yet.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Creating {year}…</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>It appears here when the back office has opened it.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>It was never read on this computer. It appears by itself once you are connected.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Nothing is known of {year} here</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Reading year {year}…</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Reading…</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Sign in to see your years and to prepare them.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>The server can’t be reached</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>There is no year to see yet</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Year {year} could not be read</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Year {year} is not configured yet</source>
        <translation>L’année {year} n’est pas encore configurée</translation>
    </message>
    <message>
        <source>You are not signed in</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Your years appear here in a moment.</source>
        <translation type="unfinished"></translation>
    </message>
</context>
<context>
    <name>desktop.panels</name>
    <message numerus="yes">
        <source>%n missing</source>
        <translation type="unfinished">
            <numerusform></numerusform>
            <numerusform></numerusform>
        </translation>
    </message>
    <message>
        <source>All files (*)</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>At least one goal is needed: by which year, by how many percent, compared with which year.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Before you open</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>CSV files (*.csv)</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Cancel</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Cancel sending: {slot}</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Choose a CSV file for {year}: {slot}</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Choose a CSV file, or drop one here</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Copy</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Copy the details of {slot}</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Correct the goal that is marked, then save.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Details</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Details of {slot}</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Disabled</source>
        <translation>Désactivé</translation>
    </message>
    <message>
        <source>Drop a CSV file here or choose one.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Drop one file at a time: each slot takes a single CSV file.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Enabled</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Everything is saved.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Everything is there</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Files</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Goal {number}</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>High</source>
        <comment>uncertainty</comment>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Input form off</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Interrupt</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Interrupt this work? The slot is empty afterwards, whatever it held before: upload a file again to fill it.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Interrupt: {slot}</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Interrupt…</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Keep</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Let it run</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Low</source>
        <comment>uncertainty</comment>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Mandatory</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Medium</source>
        <comment>uncertainty</comment>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Modules</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Needs recalculation</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>No threshold</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>None</source>
        <comment>uncertainty</comment>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Not known yet</source>
        <translation>Pas encore connu</translation>
    </message>
    <message>
        <source>Not saved yet</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Reason</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Reduction (%)</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Reduction goals</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Reference data are not kept per year: a new file takes effect in every year.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Reference year</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Replace</source>
        <translation type="unfinished"></translation>
    </message>
    <message numerus="yes">
        <source>Replace the %n row(s) that are here with “{name}”?</source>
        <translation type="unfinished">
            <numerusform></numerusform>
            <numerusform></numerusform>
        </translation>
    </message>
    <message>
        <source>Replace the file: {slot}</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Replace what is here with “{name}”?</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Replace…</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Revert</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Row</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Row {number}: </source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Rows that were left out: {slot}</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Save goals</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Shared by all years</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Submodules without files of their own</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Target year</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>That file is no longer where it was.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>That file is not on this computer. Save it here first, then drop it.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>That is a folder. Drop the CSV file itself.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>That is not a file. Drop a CSV file from your file manager.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>The file was chosen for another year, so it was not sent. Choose it again.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>The file was not sent: this slot can’t take one just now. Its button says why.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>The goals on the server changed while you were typing. Your text is kept: “Save” replaces the new ones, “Revert” shows them.</source>
        <translation type="unfinished"></translation>
    </message>
    <message numerus="yes">
        <source>The server names no more of them: %n further row(s)</source>
        <translation type="unfinished">
            <numerusform></numerusform>
            <numerusform></numerusform>
        </translation>
    </message>
    <message>
        <source>They use the common files above.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>This changes the references of every year.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Threshold {kilograms} ({tonnes})</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Type the reduction as a number from 0 to 100, for example 29 or 12.5.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Type the year with digits only, for example 2030.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Uncertainty: {level}</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Upload a file: {slot}</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Upload…</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Warnings</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>{name}: {state}</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>{text}
Show where this is</source>
        <translation type="unfinished"></translation>
    </message>
</context>
<context>
    <name>desktop.provisioning</name>
    <message>
        <source>&amp;Retry</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Copy the server’s words</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>No progress has arrived since {time}; the work itself goes on.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Progress arrives live</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Retry now</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Starting…</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>The server says:</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Waiting for the first progress</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>ended here</source>
        <translation type="unfinished"></translation>
    </message>
</context>
<context>
    <name>desktop.questions</name>
    <message>
        <source>&amp;Close anyway</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>&amp;Close {year}</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>&amp;Open {year}</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Close the program?</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Close {year} to users again?</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Every user will then find {year} in the list of years and can enter data for it.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Open {year} to users?</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Users will no longer find {year} in their list of years. What they have entered is kept.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Users will see: {years}</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Users will then see no year at all.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Work that has begun on the server goes on without this window.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>You may want to settle this first:</source>
        <translation type="unfinished"></translation>
    </message>
    <message numerus="yes">
        <source>and %n more</source>
        <translation>
            <numerusform>et %n autre</numerusform>
            <numerusform>et %n autres</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>desktop.window</name>
    <message>
        <source>Messages</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Quit</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Year</source>
        <translation type="unfinished"></translation>
    </message>
</context>
<context>
    <name>desktop.yearbar</name>
    <message>
        <source>&amp;Close year again…</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>&amp;Open year for users</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>&amp;Open year for users…</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>&amp;Refresh</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>&amp;Year</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Go to the list of what is missing</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Let users see {year} and enter data</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>More for this year</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Open {year} for users</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Opening…</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Other &amp;year…</source>
        <translation type="unfinished"></translation>
    </message>
</context>
<context>
    <name>desktop.years</name>
    <message>
        <source>Choose a year</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Choose the reporting year to look at</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Other year…</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Reporting year</source>
        <translation type="unfinished"></translation>
    </message>
</context>
<context>
    <name>words.connection</name>
    <message>
        <source>Closing…</source>
        <translation>Fermeture…</translation>
    </message>
    <message>
        <source>Connecting…</source>
        <translation>Connexion…</translation>
    </message>
    <message>
        <source>It is tried again by itself.</source>
        <translation>Un nouvel essai a lieu automatiquement.</translation>
    </message>
    <message>
        <source>Kept copy, read from the server {at}</source>
        <translation>Copie conservée, lue sur le serveur {at}</translation>
    </message>
    <message>
        <source>Live</source>
        <translation>En direct</translation>
    </message>
    <message>
        <source>Next try in {duration}.</source>
        <translation>Prochain essai dans {duration}.</translation>
    </message>
    <message>
        <source>Not connected</source>
        <translation>Hors connexion</translation>
    </message>
    <message>
        <source>Not connected {since}</source>
        <translation>Hors connexion {since}</translation>
    </message>
    <message>
        <source>Not connected {since}.</source>
        <translation>Hors connexion {since}.</translation>
    </message>
    <message>
        <source>Not connected.</source>
        <translation>Hors connexion.</translation>
    </message>
    <message>
        <source>Not read yet</source>
        <translation>Pas encore lue</translation>
    </message>
    <message>
        <source>Not signed in</source>
        <translation>Non identifié</translation>
    </message>
    <message>
        <source>Read from the server {at}</source>
        <translation>Lue sur le serveur {at}</translation>
    </message>
    <message>
        <source>Read from the server {at}, {duration} ago</source>
        <translation>Lue sur le serveur {at}, il y a {duration}</translation>
    </message>
    <message>
        <source>Sign in to see the present state and to make changes.</source>
        <translation>Identifiez-vous pour voir l’état actuel et faire des modifications.</translation>
    </message>
    <message>
        <source>Trying now…</source>
        <translation>Essai en cours…</translation>
    </message>
    <message>
        <source>Year {year} did not exist {at}.</source>
        <translation>L’année {year} n’existait pas {at}.</translation>
    </message>
    <message>
        <source>You are not signed in.</source>
        <translation>Vous n’êtes pas identifié.</translation>
    </message>
    <message>
        <source>You see {year} as it was {at}.</source>
        <translation>Vous voyez {year} dans son état lu {at}.</translation>
    </message>
    <message>
        <source>signed in as {name}</source>
        <translation>identifié comme {name}</translation>
    </message>
    <message>
        <source>this computer</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>{server}, sample data</source>
        <translation>{server}, données d’exemple</translation>
    </message>
</context>
<context>
    <name>words.format</name>
    <message numerus="yes">
        <source>%n byte(s)</source>
        <translation>
            <numerusform>%n octet</numerusform>
            <numerusform>%n octets</numerusform>
        </translation>
    </message>
    <message>
        <source>Apr</source>
        <comment>month</comment>
        <translation>avr.</translation>
    </message>
    <message>
        <source>Aug</source>
        <comment>month</comment>
        <translation>août</translation>
    </message>
    <message>
        <source>Dec</source>
        <comment>month</comment>
        <translation>déc.</translation>
    </message>
    <message>
        <source>Feb</source>
        <comment>month</comment>
        <translation>févr.</translation>
    </message>
    <message>
        <source>Jan</source>
        <comment>month</comment>
        <translation>janv.</translation>
    </message>
    <message>
        <source>Jul</source>
        <comment>month</comment>
        <translation>juil.</translation>
    </message>
    <message>
        <source>Jun</source>
        <comment>month</comment>
        <translation>juin</translation>
    </message>
    <message>
        <source>MB</source>
        <translation>Mo</translation>
    </message>
    <message>
        <source>Mar</source>
        <comment>month</comment>
        <translation>mars</translation>
    </message>
    <message>
        <source>May</source>
        <comment>month</comment>
        <translation>mai</translation>
    </message>
    <message>
        <source>Nov</source>
        <comment>month</comment>
        <translation>nov.</translation>
    </message>
    <message>
        <source>Oct</source>
        <comment>month</comment>
        <translation>oct.</translation>
    </message>
    <message>
        <source>Sep</source>
        <comment>month</comment>
        <translation>sept.</translation>
    </message>
    <message>
        <source>at {time}</source>
        <translation>à {time}</translation>
    </message>
    <message>
        <source>d</source>
        <comment>days</comment>
        <translation>j</translation>
    </message>
    <message>
        <source>kB</source>
        <translation>ko</translation>
    </message>
    <message>
        <source>on {date} at {time}</source>
        <translation>le {date} à {time}</translation>
    </message>
    <message>
        <source>since {date}, {time}</source>
        <translation>depuis le {date} à {time}</translation>
    </message>
    <message>
        <source>since {time}</source>
        <translation>depuis {time}</translation>
    </message>
    <message>
        <source>{date}, {time}</source>
        <translation>{date} à {time}</translation>
    </message>
</context>
<context>
    <name>words.names</name>
    <message>
        <source>Back-office admin</source>
        <translation>Admin back-office</translation>
    </message>
    <message>
        <source>Back-office standard</source>
        <translation>Standard back-office</translation>
    </message>
    <message>
        <source>Biological, chemical &amp; gaseous products</source>
        <translation>Produits biologiques, chimiques et gazeux</translation>
    </message>
    <message>
        <source>Buildings</source>
        <translation>Bâtiments</translation>
    </message>
    <message>
        <source>Centralized purchases</source>
        <translation>Achats centralisés</translation>
    </message>
    <message>
        <source>Common data and factors</source>
        <translation>Données et facteurs communs</translation>
    </message>
    <message>
        <source>Constructions and renovation</source>
        <translation>Constructions et rénovation</translation>
    </message>
    <message>
        <source>Consumables &amp; accessories</source>
        <translation>Consommables et accessoires</translation>
    </message>
    <message>
        <source>Data</source>
        <translation>Données</translation>
    </message>
    <message>
        <source>EPFL research facilities</source>
        <translation>Infrastructures de recherche EPFL</translation>
    </message>
    <message>
        <source>Energy combustion emissions</source>
        <translation>Émissions de combustion d’énergie</translation>
    </message>
    <message>
        <source>Equipment</source>
        <translation>Équipements</translation>
    </message>
    <message>
        <source>External AI services</source>
        <translation>Services d’IA externes</translation>
    </message>
    <message>
        <source>External cloud services</source>
        <translation>Services de cloud externes</translation>
    </message>
    <message>
        <source>External clouds &amp; AI</source>
        <translation>Clouds externes &amp; IA</translation>
    </message>
    <message>
        <source>Factors</source>
        <translation>Facteurs</translation>
    </message>
    <message>
        <source>Headcount</source>
        <translation>Personnel</translation>
    </message>
    <message>
        <source>IT equipment</source>
        <translation>Équipements IT</translation>
    </message>
    <message>
        <source>Institution’s carbon footprint</source>
        <translation>Empreinte carbone de l’institution</translation>
    </message>
    <message>
        <source>Members</source>
        <translation>Membres</translation>
    </message>
    <message>
        <source>Mice and fish animal facilities</source>
        <translation>Animaleries rongeurs et poissons</translation>
    </message>
    <message>
        <source>Module {number}</source>
        <translation>Module {number}</translation>
    </message>
    <message>
        <source>Other equipment</source>
        <translation>Autres équipements</translation>
    </message>
    <message>
        <source>Other purchases</source>
        <translation>Autres achats</translation>
    </message>
    <message>
        <source>Plane</source>
        <translation>Avion</translation>
    </message>
    <message>
        <source>Population projections</source>
        <translation>Projections de population</translation>
    </message>
    <message>
        <source>Principal user</source>
        <translation>Utilisateur·rice principal·e</translation>
    </message>
    <message>
        <source>Process emissions</source>
        <translation>Émissions de procédés</translation>
    </message>
    <message>
        <source>Professional travel</source>
        <translation>Voyages professionnels</translation>
    </message>
    <message>
        <source>Purchases</source>
        <translation>Achats</translation>
    </message>
    <message>
        <source>Reduction file</source>
        <translation>Fichier de réduction</translation>
    </message>
    <message>
        <source>Reduction objectives</source>
        <translation>Objectifs de réduction</translation>
    </message>
    <message>
        <source>References</source>
        <translation>Références</translation>
    </message>
    <message>
        <source>Research facilities</source>
        <translation>Infrastructures de recherche</translation>
    </message>
    <message>
        <source>Rooms</source>
        <translation>Locaux</translation>
    </message>
    <message>
        <source>Scientific equipment</source>
        <translation>Équipements scientifiques</translation>
    </message>
    <message>
        <source>Services</source>
        <translation>Services</translation>
    </message>
    <message>
        <source>Standard user</source>
        <translation>Utilisateur·rice standard</translation>
    </message>
    <message>
        <source>Students</source>
        <translation>Étudiant·es</translation>
    </message>
    <message>
        <source>Submodule {number}</source>
        <translation>Sous-module {number}</translation>
    </message>
    <message>
        <source>Train</source>
        <translation>Train</translation>
    </message>
    <message>
        <source>Unit reduction scenarios</source>
        <translation>Scénarios de réduction des unités</translation>
    </message>
    <message>
        <source>Vehicles</source>
        <translation>Véhicules</translation>
    </message>
</context>
<context>
    <name>words.notices</name>
    <message numerus="yes">
        <source>%n row(s) imported</source>
        <translation>
            <numerusform>%n ligne importée</numerusform>
            <numerusform>%n lignes importées</numerusform>
        </translation>
    </message>
    <message>
        <source>A colleague was quicker. Nothing was created twice; you see the year as it is.</source>
        <translation>Un ou une collègue a été plus rapide. Rien n’a été créé deux fois&#x202f;; vous voyez l’année telle qu’elle est.</translation>
    </message>
    <message>
        <source>Check free space and permissions of the data folder, then start again.</source>
        <translation>Vérifiez l’espace libre et les droits du dossier de données, puis redémarrez.</translation>
    </message>
    <message>
        <source>Done</source>
        <comment>sign of a notice</comment>
        <translation>Terminé</translation>
    </message>
    <message>
        <source>Error in this program</source>
        <translation>Erreur dans ce programme</translation>
    </message>
    <message>
        <source>Failure</source>
        <comment>sign of a notice</comment>
        <translation>Échec</translation>
    </message>
    <message>
        <source>Imported, but not recalculated: {path}</source>
        <translation>Importé, mais pas recalculé&#xa0;: {path}</translation>
    </message>
    <message>
        <source>Interrupted: {path}</source>
        <translation>Interrompu&#xa0;: {path}</translation>
    </message>
    <message>
        <source>It could not be done</source>
        <translation>L’action n’a pas pu être effectuée</translation>
    </message>
    <message>
        <source>It was set aside and a new one begun. Nothing on the server is affected.</source>
        <translation>Elle a été mise de côté et une nouvelle a été commencée. Rien n’est touché sur le serveur.</translation>
    </message>
    <message>
        <source>Its units, users and carbon reports are being set up now.</source>
        <translation>Ses unités, utilisateurs et rapports carbone sont maintenant mis en place.</translation>
    </message>
    <message>
        <source>Its units, users and carbon reports are set up.</source>
        <translation>Ses unités, utilisateurs et rapports carbone sont en place.</translation>
    </message>
    <message>
        <source>Look at the present state and try again.</source>
        <translation>Consultez l’état actuel et réessayez.</translation>
    </message>
    <message>
        <source>Not certain whether the reduction goals of {year} were saved</source>
        <translation>Il n’est pas certain que les objectifs de réduction de {year} aient été enregistrés</translation>
    </message>
    <message>
        <source>Not certain whether the set-up of {year} started again</source>
        <translation>Il n’est pas certain que la mise en place de {year} ait repris</translation>
    </message>
    <message>
        <source>Not certain whether year {year} was closed to users</source>
        <translation>Il n’est pas certain que l’année {year} ait été fermée aux utilisateurs</translation>
    </message>
    <message>
        <source>Not certain whether year {year} was created</source>
        <translation>Il n’est pas certain que l’année {year} ait été créée</translation>
    </message>
    <message>
        <source>Not certain whether year {year} was opened to users</source>
        <translation>Il n’est pas certain que l’année {year} ait été ouverte aux utilisateurs</translation>
    </message>
    <message>
        <source>Note</source>
        <comment>sign of a notice</comment>
        <translation>Information</translation>
    </message>
    <message>
        <source>Nothing can be kept on this computer</source>
        <translation>Rien ne peut être conservé sur cet ordinateur</translation>
    </message>
    <message>
        <source>Outcome not known: {path}</source>
        <translation>Issue inconnue&#xa0;: {path}</translation>
    </message>
    <message>
        <source>Read the server’s words, correct the file and upload it again.</source>
        <translation>Lisez le message du serveur, corrigez le fichier et téléversez-le à nouveau.</translation>
    </message>
    <message>
        <source>Reduction goals of {year} could not be saved</source>
        <translation>Les objectifs de réduction de {year} n’ont pas pu être enregistrés</translation>
    </message>
    <message>
        <source>Reduction goals of {year} saved</source>
        <translation>Objectifs de réduction de {year} enregistrés</translation>
    </message>
    <message>
        <source>Reload the year and look at the file’s state before you upload it again.</source>
        <translation>Rechargez l’année et regardez l’état du fichier avant de le téléverser à nouveau.</translation>
    </message>
    <message>
        <source>See which rows in the details of the file, correct them and upload it again.</source>
        <translation>Voyez lesquelles dans les détails du fichier, corrigez-les et téléversez-le à nouveau.</translation>
    </message>
    <message>
        <source>Settle the reason and upload the file again.</source>
        <translation>Réglez la cause et téléversez le fichier à nouveau.</translation>
    </message>
    <message>
        <source>Some rows of the file were left out.</source>
        <translation>Certaines lignes du fichier ont été écartées.</translation>
    </message>
    <message>
        <source>Something went wrong in the program; the server is not affected.</source>
        <translation>Quelque chose a mal tourné dans le programme&#x202f;; le serveur n’est pas touché.</translation>
    </message>
    <message>
        <source>Start the program again if something looks wrong, and report the details.</source>
        <translation>Redémarrez le programme si quelque chose paraît faux, et signalez les détails.</translation>
    </message>
    <message>
        <source>Start the set-up again with “Retry”; if it fails again, report the server’s words.</source>
        <translation>Relancez la mise en place avec «&#xa0;Réessayer&#xa0;»&#x202f;; si elle échoue encore, signalez le message du serveur.</translation>
    </message>
    <message>
        <source>The file was imported.</source>
        <translation>Le fichier a été importé.</translation>
    </message>
    <message>
        <source>The file was not taken on; no work began.</source>
        <translation>Le fichier n’a pas été accepté&#x202f;; aucun traitement n’a commencé.</translation>
    </message>
    <message>
        <source>The file was sent, but it could not be learnt whether the work began or how it ended.</source>
        <translation>Le fichier a été envoyé, mais on n’a pas pu savoir si le traitement a commencé ni comment il s’est terminé.</translation>
    </message>
    <message>
        <source>The local copy can’t be written, so it lasts only until the program ends.</source>
        <translation>La copie locale ne peut pas être écrite&#x202f;; elle ne dure donc que jusqu’à la fin du programme.</translation>
    </message>
    <message>
        <source>The local copy was damaged</source>
        <translation>La copie locale était endommagée</translation>
    </message>
    <message>
        <source>The modules unlock by themselves when it is done.</source>
        <translation>Les modules se déverrouillent d’eux-mêmes à la fin.</translation>
    </message>
    <message>
        <source>The modules unlock by themselves when that is done.</source>
        <translation>Les modules se déverrouillent d’eux-mêmes ensuite.</translation>
    </message>
    <message>
        <source>The rows were imported, but a later step failed: emissions are not up to date.</source>
        <translation>Les lignes ont été importées, mais une étape suivante a échoué&#xa0;: les émissions ne sont pas à jour.</translation>
    </message>
    <message>
        <source>The server could not import the file.</source>
        <translation>Le serveur n’a pas pu importer le fichier.</translation>
    </message>
    <message>
        <source>The server has them now.</source>
        <translation>Le serveur les a maintenant reçus.</translation>
    </message>
    <message>
        <source>The server’s answer got lost on the way, but the year is there.</source>
        <translation>La réponse du serveur s’est perdue en route, mais l’année existe bien.</translation>
    </message>
    <message>
        <source>The set-up of {year} could not be started again</source>
        <translation>La mise en place de {year} n’a pas pu être relancée</translation>
    </message>
    <message>
        <source>The set-up of {year} failed</source>
        <translation>La mise en place de {year} a échoué</translation>
    </message>
    <message>
        <source>The set-up of {year} has started again</source>
        <translation>La mise en place de {year} a repris</translation>
    </message>
    <message>
        <source>The work on the server was interrupted; rows already imported may stay.</source>
        <translation>Le traitement sur le serveur a été interrompu&#x202f;; des lignes déjà importées peuvent subsister.</translation>
    </message>
    <message>
        <source>The year exists, but its units are not complete, so its modules stay locked.</source>
        <translation>L’année existe, mais ses unités ne sont pas complètes&#x202f;; ses modules restent donc verrouillés.</translation>
    </message>
    <message>
        <source>Upload failed: {path}</source>
        <translation>Échec du téléversement&#xa0;: {path}</translation>
    </message>
    <message>
        <source>Upload not accepted: {path}</source>
        <translation>Téléversement refusé&#xa0;: {path}</translation>
    </message>
    <message>
        <source>Upload the file again when you are ready.</source>
        <translation>Téléversez le fichier à nouveau quand vous serez prêt.</translation>
    </message>
    <message>
        <source>Upload the file again; if it fails again, report the server’s words.</source>
        <translation>Téléversez le fichier à nouveau&#x202f;; en cas de nouvel échec, signalez le message du serveur.</translation>
    </message>
    <message>
        <source>Uploaded with warnings: {path}</source>
        <translation>Téléversé avec des avertissements&#xa0;: {path}</translation>
    </message>
    <message>
        <source>Uploaded: {path}</source>
        <translation>Téléversé&#xa0;: {path}</translation>
    </message>
    <message>
        <source>Users find it in their list of years from now on.</source>
        <translation>Les utilisateurs la trouvent désormais dans leur liste d’années.</translation>
    </message>
    <message>
        <source>Users no longer find it in their list of years. What they entered is kept.</source>
        <translation>Les utilisateurs ne la trouvent plus dans leur liste d’années. Leurs saisies sont conservées.</translation>
    </message>
    <message>
        <source>Warning</source>
        <comment>sign of a notice</comment>
        <translation>Avertissement</translation>
    </message>
    <message>
        <source>What you asked for was not carried out.</source>
        <translation>Ce que vous avez demandé n’a pas été effectué.</translation>
    </message>
    <message>
        <source>Year {year} could not be closed to users</source>
        <translation>L’année {year} n’a pas pu être fermée aux utilisateurs</translation>
    </message>
    <message>
        <source>Year {year} could not be created</source>
        <translation>L’année {year} n’a pas pu être créée</translation>
    </message>
    <message>
        <source>Year {year} could not be opened to users</source>
        <translation>L’année {year} n’a pas pu être ouverte aux utilisateurs</translation>
    </message>
    <message>
        <source>Year {year} created</source>
        <translation>Année {year} créée</translation>
    </message>
    <message>
        <source>Year {year} exists already</source>
        <translation>L’année {year} existe déjà</translation>
    </message>
    <message>
        <source>Year {year} is closed to users again</source>
        <translation>L’année {year} est de nouveau fermée aux utilisateurs</translation>
    </message>
    <message>
        <source>Year {year} is ready</source>
        <translation>L’année {year} est prête</translation>
    </message>
    <message>
        <source>Year {year} was created</source>
        <translation>L’année {year} a été créée</translation>
    </message>
    <message>
        <source>Years you open while connected are kept again from now on.</source>
        <translation>Les années que vous consultez en ligne sont de nouveau conservées désormais.</translation>
    </message>
    <message>
        <source>You can upload its files now.</source>
        <translation>Vous pouvez maintenant téléverser ses fichiers.</translation>
    </message>
    <message>
        <source>{count} left out</source>
        <translation>écartées&#xa0;: {count}</translation>
    </message>
</context>
<context>
    <name>words.problems</name>
    <message>
        <source>A reduction goal is incomplete or out of range, so nothing was saved.</source>
        <translation>Un objectif de réduction est incomplet ou hors limites&#x202f;; rien n’a donc été enregistré.</translation>
    </message>
    <message>
        <source>Another server answered</source>
        <translation>Un autre serveur a répondu</translation>
    </message>
    <message>
        <source>Answer not understood</source>
        <translation>Réponse incomprise</translation>
    </message>
    <message>
        <source>Ask a back-office administrator for the right, or sign in with another account.</source>
        <translation>Demandez ce droit à un administrateur back-office, ou identifiez-vous avec un autre compte.</translation>
    </message>
    <message>
        <source>Cancelled</source>
        <translation>Annulé</translation>
    </message>
    <message>
        <source>Check the server’s address, and whether your network asks you to log in first.</source>
        <translation>Vérifiez l’adresse du serveur, et si votre réseau demande d’abord de s’identifier.</translation>
    </message>
    <message>
        <source>Check your network and the server’s address, then try again.</source>
        <translation>Vérifiez votre réseau et l’adresse du serveur, puis réessayez.</translation>
    </message>
    <message>
        <source>Choose the file with the rows in it.</source>
        <translation>Choisissez le fichier qui contient les lignes.</translation>
    </message>
    <message>
        <source>Close it in other programs, check that it exists and choose it again.</source>
        <translation>Fermez-le dans les autres programmes, vérifiez qu’il existe et choisissez-le à nouveau.</translation>
    </message>
    <message>
        <source>Close other copies of the program and try again; the details say what it said.</source>
        <translation>Fermez les autres fenêtres du programme et réessayez&#x202f;; les détails donnent son message.</translation>
    </message>
    <message>
        <source>Correct the goal that is marked and save again.</source>
        <translation>Corrigez l’objectif signalé et enregistrez à nouveau.</translation>
    </message>
    <message>
        <source>Error in this program</source>
        <translation>Erreur dans ce programme</translation>
    </message>
    <message>
        <source>File can’t be read</source>
        <translation>Fichier illisible</translation>
    </message>
    <message>
        <source>File is empty</source>
        <translation>Le fichier est vide</translation>
    </message>
    <message>
        <source>File too large</source>
        <translation>Fichier trop volumineux</translation>
    </message>
    <message>
        <source>File too large for the server</source>
        <translation>Fichier trop volumineux pour le serveur</translation>
    </message>
    <message>
        <source>Give a year with four digits between 1990 and 2100.</source>
        <translation>Indiquez une année à quatre chiffres entre 1990 et 2100.</translation>
    </message>
    <message>
        <source>Goal not valid</source>
        <translation>Objectif non valable</translation>
    </message>
    <message>
        <source>It is being connected again; “Try now” does so at once.</source>
        <translation>Elle est en cours de rétablissement&#x202f;; «&#xa0;Essayer maintenant&#xa0;» le fait aussitôt.</translation>
    </message>
    <message>
        <source>It was cancelled here before the work on the server began.</source>
        <translation>L’action a été annulée ici avant que le traitement sur le serveur ne commence.</translation>
    </message>
    <message>
        <source>Look at the present state before you try again; nothing is sent twice by itself.</source>
        <translation>Consultez l’état actuel avant de réessayer&#x202f;; rien n’est envoyé deux fois automatiquement.</translation>
    </message>
    <message>
        <source>Look at the present state first, then update the program or report the details.</source>
        <translation>Consultez d’abord l’état actuel, puis mettez le programme à jour ou signalez les détails.</translation>
    </message>
    <message>
        <source>Look at the present state first. If it happens again, report it with the details.</source>
        <translation>Consultez d’abord l’état actuel. Si cela se reproduit, signalez-le avec les détails.</translation>
    </message>
    <message>
        <source>No connection to the server could be made, so nothing was changed.</source>
        <translation>Aucune connexion au serveur n’a pu être établie&#x202f;; rien n’a donc été modifié.</translation>
    </message>
    <message>
        <source>Not a CSV file</source>
        <translation>Ce n’est pas un fichier CSV</translation>
    </message>
    <message>
        <source>Not a reporting year</source>
        <translation>Ce n’est pas une année de bilan</translation>
    </message>
    <message>
        <source>Not found</source>
        <translation>Introuvable</translation>
    </message>
    <message>
        <source>Not permitted</source>
        <translation>Non autorisé</translation>
    </message>
    <message>
        <source>Not possible now</source>
        <translation>Impossible pour le moment</translation>
    </message>
    <message>
        <source>Not signed in</source>
        <translation>Non identifié</translation>
    </message>
    <message>
        <source>Number of the request: {value}</source>
        <translation>Numéro de la requête&#xa0;: {value}</translation>
    </message>
    <message>
        <source>Progress no longer arrives</source>
        <translation>L’avancement n’arrive plus</translation>
    </message>
    <message>
        <source>Read the server’s words, correct what they name and try again.</source>
        <translation>Lisez le message du serveur, corrigez ce qu’il indique et réessayez.</translation>
    </message>
    <message>
        <source>Reload the year to see what is there.</source>
        <translation>Rechargez l’année pour voir ce qui existe.</translation>
    </message>
    <message>
        <source>Reload the year, look at its state and decide again.</source>
        <translation>Rechargez l’année, regardez son état et décidez à nouveau.</translation>
    </message>
    <message>
        <source>Request: {value}</source>
        <translation>Requête&#xa0;: {value}</translation>
    </message>
    <message>
        <source>Save the table as CSV (UTF-8) and upload that file.</source>
        <translation>Enregistrez le tableau en CSV (UTF-8) et téléversez ce fichier.</translation>
    </message>
    <message>
        <source>See the reasons given, settle them and try again.</source>
        <translation>Voyez les raisons indiquées, réglez-les et réessayez.</translation>
    </message>
    <message>
        <source>Server not reachable</source>
        <translation>Serveur injoignable</translation>
    </message>
    <message>
        <source>Sign in again, then repeat what you wanted to do.</source>
        <translation>Identifiez-vous à nouveau, puis répétez ce que vous vouliez faire.</translation>
    </message>
    <message>
        <source>Someone was quicker</source>
        <translation>Quelqu’un a été plus rapide</translation>
    </message>
    <message>
        <source>Something broke on the server; what you asked for may be done, in part or not.</source>
        <translation>Une panne est survenue sur le serveur&#x202f;; votre demande peut avoir été effectuée, en partie ou pas du tout.</translation>
    </message>
    <message>
        <source>Split the file or remove columns that are not needed, then upload it again.</source>
        <translation>Divisez le fichier ou retirez les colonnes inutiles, puis téléversez-le à nouveau.</translation>
    </message>
    <message>
        <source>Start it again whenever you like.</source>
        <translation>Relancez-la quand vous voulez.</translation>
    </message>
    <message>
        <source>Start the program again, and report this with the details.</source>
        <translation>Redémarrez le programme et signalez l’erreur avec les détails.</translation>
    </message>
    <message>
        <source>Status: {value}</source>
        <translation>Statut&#xa0;: {value}</translation>
    </message>
    <message>
        <source>The answer did not come from the CO₂ calculator but from something in between.</source>
        <translation>La réponse ne vient pas du calculateur CO₂, mais d’un intermédiaire.</translation>
    </message>
    <message>
        <source>The answer got lost</source>
        <translation>La réponse s’est perdue</translation>
    </message>
    <message>
        <source>The built-in server did not start</source>
        <translation>Le serveur intégré n’a pas démarré</translation>
    </message>
    <message>
        <source>The connection that reports progress broke. The work on the server goes on.</source>
        <translation>La connexion qui transmet l’avancement s’est rompue. Le traitement continue sur le serveur.</translation>
    </message>
    <message>
        <source>The file holds nothing, so it was not sent.</source>
        <translation>Le fichier ne contient rien&#x202f;; il n’a donc pas été envoyé.</translation>
    </message>
    <message>
        <source>The file is larger than the server accepts, so it was not sent.</source>
        <translation>Le fichier dépasse la taille acceptée par le serveur&#x202f;; il n’a donc pas été envoyé.</translation>
    </message>
    <message>
        <source>The file is not a CSV file, so it was not sent.</source>
        <translation>Le fichier n’est pas un fichier CSV&#x202f;; il n’a donc pas été envoyé.</translation>
    </message>
    <message>
        <source>The file is not there, can’t be opened, or changed while being sent.</source>
        <translation>Le fichier est absent, ne peut pas être ouvert ou a changé pendant l’envoi.</translation>
    </message>
    <message>
        <source>The file “{subject}” holds nothing, so it was not sent.</source>
        <translation>Le fichier «&#xa0;{subject}&#xa0;» ne contient rien&#x202f;; il n’a donc pas été envoyé.</translation>
    </message>
    <message>
        <source>The file “{subject}” is larger than the server accepts, so it was not sent.</source>
        <translation>Le fichier «&#xa0;{subject}&#xa0;» dépasse la taille acceptée par le serveur&#x202f;; il n’a donc pas été envoyé.</translation>
    </message>
    <message>
        <source>The file “{subject}” is not a CSV file, so it was not sent.</source>
        <translation>Le fichier «&#xa0;{subject}&#xa0;» n’est pas un fichier CSV&#x202f;; il n’a donc pas été envoyé.</translation>
    </message>
    <message>
        <source>The file “{subject}” is not there, can’t be opened, or changed while being sent.</source>
        <translation>Le fichier «&#xa0;{subject}&#xa0;» est absent, ne peut pas être ouvert ou a changé pendant l’envoi.</translation>
    </message>
    <message>
        <source>The present state does not allow this, so nothing was sent.</source>
        <translation>L’état actuel ne le permet pas&#x202f;; rien n’a donc été envoyé.</translation>
    </message>
    <message>
        <source>The program did something wrong; nothing on the server is at fault.</source>
        <translation>Le programme a commis une erreur&#x202f;; le serveur n’est pas en cause.</translation>
    </message>
    <message>
        <source>The request does not fit the present state on the server, so it was not done.</source>
        <translation>La demande ne correspond pas à l’état actuel sur le serveur&#x202f;; elle n’a donc pas été effectuée.</translation>
    </message>
    <message>
        <source>The request was sent, but the connection broke before an answer came: it may have been carried out.</source>
        <translation>La demande a été envoyée, mais la connexion s’est rompue avant la réponse&#xa0;: elle a peut-être été effectuée.</translation>
    </message>
    <message>
        <source>The server accepts CSV files only</source>
        <translation>Le serveur n’accepte que les fichiers CSV</translation>
    </message>
    <message>
        <source>The server asks for a pause of {duration}; try again after it.</source>
        <translation>Le serveur demande une pause de {duration}&#x202f;; réessayez ensuite.</translation>
    </message>
    <message>
        <source>The server did not answer in time. Nothing was changed by it.</source>
        <translation>Le serveur n’a pas répondu à temps. Rien n’a été modifié.</translation>
    </message>
    <message>
        <source>The server does not accept a file of this size.</source>
        <translation>Le serveur n’accepte pas un fichier de cette taille.</translation>
    </message>
    <message>
        <source>The server does not accept your session: there is none, or it has ended.</source>
        <translation>Le serveur n’accepte pas votre session&#xa0;: il n’y en a pas, ou elle est terminée.</translation>
    </message>
    <message>
        <source>The server does not have what was asked for; it may have been removed meanwhile.</source>
        <translation>Le serveur n’a pas ce qui a été demandé&#x202f;; il a peut-être été retiré entre-temps.</translation>
    </message>
    <message>
        <source>The server does not take this file for a CSV file.</source>
        <translation>Le serveur ne reconnaît pas ce fichier comme un fichier CSV.</translation>
    </message>
    <message>
        <source>The server failed</source>
        <translation>Le serveur a eu une panne</translation>
    </message>
    <message>
        <source>The server found something wrong with the request and changed nothing.</source>
        <translation>Le serveur a trouvé une erreur dans la demande et n’a rien modifié.</translation>
    </message>
    <message>
        <source>The server has too much to do at the moment and did not take this on.</source>
        <translation>Le serveur a trop à faire en ce moment et n’a pas pris la demande en charge.</translation>
    </message>
    <message>
        <source>The server is busy</source>
        <translation>Le serveur est occupé</translation>
    </message>
    <message>
        <source>The server refused it</source>
        <translation>Le serveur a refusé la demande</translation>
    </message>
    <message>
        <source>The server says: {value}</source>
        <translation>Message du serveur&#xa0;: {value}</translation>
    </message>
    <message>
        <source>The server that this program brings along could not be started on this computer.</source>
        <translation>Le serveur fourni avec ce programme n’a pas pu être démarré sur cet ordinateur.</translation>
    </message>
    <message>
        <source>The server took too long</source>
        <translation>Le serveur a mis trop de temps</translation>
    </message>
    <message>
        <source>The server’s answer has a form that this version of the program does not know.</source>
        <translation>La réponse du serveur a une forme que cette version du programme ne connaît pas.</translation>
    </message>
    <message>
        <source>Wait a moment, then try again.</source>
        <translation>Patientez un instant, puis réessayez.</translation>
    </message>
    <message>
        <source>What was given can’t be a reporting year.</source>
        <translation>Ce qui a été indiqué ne peut pas être une année de bilan.</translation>
    </message>
    <message>
        <source>You are signed in, but your account does not have the right to do this.</source>
        <translation>Vous êtes identifié, mais votre compte n’a pas le droit de faire cela.</translation>
    </message>
    <message>
        <source>“{subject}” can’t be a reporting year.</source>
        <translation>«&#xa0;{subject}&#xa0;» ne peut pas être une année de bilan.</translation>
    </message>
</context>
<context>
    <name>words.readiness</name>
    <message numerus="yes">
        <source>%n thing(s) missing</source>
        <translation>
            <numerusform>%n élément manquant</numerusform>
            <numerusform>%n éléments manquants</numerusform>
        </translation>
    </message>
    <message>
        <source>Complete</source>
        <comment>state of a module</comment>
        <translation>Complet</translation>
    </message>
    <message>
        <source>Disabled</source>
        <comment>state of a module</comment>
        <translation>Désactivé</translation>
    </message>
    <message>
        <source>Failed</source>
        <comment>state of a module</comment>
        <translation>Échec</translation>
    </message>
    <message>
        <source>In progress</source>
        <comment>state of a module</comment>
        <translation>En cours</translation>
    </message>
    <message>
        <source>Incomplete</source>
        <comment>state of a module</comment>
        <translation>Incomplet</translation>
    </message>
    <message>
        <source>Missing</source>
        <comment>sign of a checklist line</comment>
        <translation>Manquant</translation>
    </message>
    <message>
        <source>No reduction goal yet</source>
        <translation>Pas encore d’objectif de réduction</translation>
    </message>
    <message>
        <source>Not known yet</source>
        <comment>state of a module</comment>
        <translation>Pas encore connu</translation>
    </message>
    <message>
        <source>Ready to open</source>
        <translation>Prête à ouvrir</translation>
    </message>
    <message numerus="yes">
        <source>Ready to open, %n warning(s)</source>
        <translation>
            <numerusform>Prête à ouvrir, %n avertissement</numerusform>
            <numerusform>Prête à ouvrir, %n avertissements</numerusform>
        </translation>
    </message>
    <message>
        <source>Warning</source>
        <comment>sign of a checklist line</comment>
        <translation>Avertissement</translation>
    </message>
    <message>
        <source>With warnings</source>
        <comment>state of a module</comment>
        <translation>Avec avertissements</translation>
    </message>
    <message>
        <source>{path}: emissions need recalculation</source>
        <translation>{path}&#xa0;: recalcul des émissions nécessaire</translation>
    </message>
    <message>
        <source>{path}: imported, but emissions not up to date</source>
        <translation>{path}&#xa0;: importé, mais émissions pas à jour</translation>
    </message>
    <message>
        <source>{path}: in progress</source>
        <translation>{path}&#xa0;: en cours</translation>
    </message>
    <message>
        <source>{path}: last upload failed</source>
        <translation>{path}&#xa0;: échec du dernier téléversement</translation>
    </message>
    <message>
        <source>{path}: some rows left out</source>
        <translation>{path}&#xa0;: lignes écartées</translation>
    </message>
    <message>
        <source>{place}: common factors missing</source>
        <translation>{place}&#xa0;: facteurs communs manquants</translation>
    </message>
    <message>
        <source>{place}: factors missing</source>
        <translation>{place}&#xa0;: facteurs manquants</translation>
    </message>
    <message>
        <source>{place}: incomplete, the server does not say why</source>
        <translation>{place}&#xa0;: incomplet, le serveur ne dit pas pourquoi</translation>
    </message>
    <message>
        <source>{place}: references missing</source>
        <translation>{place}&#xa0;: références manquantes</translation>
    </message>
    <message>
        <source>{title}: file missing</source>
        <translation>{title}&#xa0;: fichier manquant</translation>
    </message>
</context>
<context>
    <name>words.refusals</name>
    <message>
        <source>A file is being worked on here. Wait for its end, or interrupt it.</source>
        <translation>Un fichier est en cours de traitement ici. Attendez la fin ou interrompez-le.</translation>
    </message>
    <message>
        <source>A reduction goal is not valid. Correct the one marked.</source>
        <translation>Un objectif de réduction n’est pas valable. Corrigez celui qui est signalé.</translation>
    </message>
    <message>
        <source>Fill in target year, percentage and reference year, or leave all three empty.</source>
        <translation>Remplissez l’année cible, le pourcentage et l’année de référence, ou laissez les trois vides.</translation>
    </message>
    <message>
        <source>Not connected to the server. It is tried again by itself; “Try now” does so at once.</source>
        <translation>Hors connexion avec le serveur. Un nouvel essai a lieu automatiquement&#x202f;; «&#xa0;Essayer maintenant&#xa0;» le fait aussitôt.</translation>
    </message>
    <message>
        <source>Something mandatory is still missing. See the list “Before you open”.</source>
        <translation>Il manque encore un élément obligatoire. Voyez la liste «&#xa0;Avant d’ouvrir&#xa0;».</translation>
    </message>
    <message>
        <source>Still connecting to the server. This takes a moment.</source>
        <translation>Connexion au serveur en cours. Cela prend un instant.</translation>
    </message>
    <message>
        <source>Still missing before the year can be opened:</source>
        <translation>Il manque encore, avant de pouvoir ouvrir l’année&#xa0;:</translation>
    </message>
    <message>
        <source>The reduction must be between 0 and 100 percent.</source>
        <translation>La réduction doit être comprise entre 0 et 100 pour cent.</translation>
    </message>
    <message>
        <source>The reference year must be before the target year.</source>
        <translation>L’année de référence doit précéder l’année cible.</translation>
    </message>
    <message>
        <source>The reference year must be between {first} and {last}.</source>
        <translation>L’année de référence doit être comprise entre {first} et {last}.</translation>
    </message>
    <message>
        <source>The set-up of {year} did not complete. Start it again with “Retry”.</source>
        <translation>La mise en place de {year} n’est pas allée au bout. Relancez-la avec «&#xa0;Réessayer&#xa0;».</translation>
    </message>
    <message>
        <source>The target year must be after {year}.</source>
        <translation>L’année cible doit être postérieure à {year}.</translation>
    </message>
    <message>
        <source>This does not apply to {year} at present.</source>
        <translation>Cela ne s’applique pas à {year} pour le moment.</translation>
    </message>
    <message>
        <source>This module or submodule is disabled for {year}. Enable it to upload files.</source>
        <translation>Ce module ou sous-module est désactivé pour {year}. Activez-le pour téléverser des fichiers.</translation>
    </message>
    <message>
        <source>This was already asked for; the server’s answer is awaited.</source>
        <translation>C’est déjà demandé&#x202f;; la réponse du serveur est attendue.</translation>
    </message>
    <message>
        <source>What you see of {year} is from an earlier visit; its present state is being read.</source>
        <translation>Ce que vous voyez de {year} date d’une visite précédente&#x202f;; son état actuel est en cours de lecture.</translation>
    </message>
    <message>
        <source>Year {year} exists already. Choose it in the list of years.</source>
        <translation>L’année {year} existe déjà. Choisissez-la dans la liste des années.</translation>
    </message>
    <message>
        <source>Year {year} has not been read from the server yet. Reload it.</source>
        <translation>L’année {year} n’a pas encore été lue sur le serveur. Rechargez-la.</translation>
    </message>
    <message>
        <source>Year {year} is being set up. This unlocks by itself when the set-up is done.</source>
        <translation>L’année {year} est en cours de mise en place. Le déverrouillage se fait de lui-même à la fin.</translation>
    </message>
    <message>
        <source>Year {year} is not configured yet. Create it first.</source>
        <translation>L’année {year} n’est pas encore configurée. Créez-la d’abord.</translation>
    </message>
    <message>
        <source>Year {year} is not open to users.</source>
        <translation>L’année {year} n’est pas ouverte aux utilisateurs.</translation>
    </message>
    <message>
        <source>Year {year} is set up already; there is nothing to repeat.</source>
        <translation>L’année {year} est déjà en place&#x202f;; il n’y a rien à relancer.</translation>
    </message>
    <message>
        <source>You are not signed in. Sign in to make changes.</source>
        <translation>Vous n’êtes pas identifié. Identifiez-vous pour faire des modifications.</translation>
    </message>
    <message>
        <source>Your account may look but not change the configuration. A back-office administrator can give you the right.</source>
        <translation>Votre compte peut consulter la configuration, mais pas la modifier. Un administrateur back-office peut vous en donner le droit.</translation>
    </message>
    <message numerus="yes">
        <source>and %n more</source>
        <translation>
            <numerusform>et %n autre</numerusform>
            <numerusform>et %n autres</numerusform>
        </translation>
    </message>
    <message>
        <source>{year} can’t be a reporting year. Choose one between {first} and {last}.</source>
        <translation>{year} ne peut pas être une année de bilan. Choisissez-en une entre {first} et {last}.</translation>
    </message>
</context>
<context>
    <name>words.setup</name>
    <message>
        <source>At the moment: {what}.</source>
        <translation>En ce moment&#xa0;: {what}.</translation>
    </message>
    <message>
        <source>Create the carbon reports</source>
        <translation>Créer les rapports carbone</translation>
    </message>
    <message>
        <source>Create the year to prepare it: units, users and their carbon reports are then set up for it.</source>
        <translation>Créez l’année pour la préparer&#xa0;: unités, utilisateurs et rapports carbone sont alors mis en place.</translation>
    </message>
    <message>
        <source>It failed or was interrupted earlier. “Retry” starts the set-up again; nothing is lost.</source>
        <translation>Elle a échoué ou a été interrompue auparavant. «&#xa0;Réessayer&#xa0;» relance la mise en place&#x202f;; rien n’est perdu.</translation>
    </message>
    <message>
        <source>Its files can be uploaded now.</source>
        <translation>Ses fichiers peuvent maintenant être téléversés.</translation>
    </message>
    <message>
        <source>Its state is being read from the server.</source>
        <translation>Son état est en cours de lecture sur le serveur.</translation>
    </message>
    <message>
        <source>Prepare the modules of each report</source>
        <translation>Préparer les modules de chaque rapport</translation>
    </message>
    <message>
        <source>Read the list of units</source>
        <translation>Lire la liste des unités</translation>
    </message>
    <message>
        <source>Running for {duration}.</source>
        <translation>En cours depuis {duration}.</translation>
    </message>
    <message>
        <source>The modules unlock by themselves when it is done. You may look at other years meanwhile.</source>
        <translation>Les modules se déverrouillent d’eux-mêmes à la fin. Vous pouvez consulter d’autres années entre-temps.</translation>
    </message>
    <message>
        <source>The set-up of {year} failed</source>
        <translation>La mise en place de {year} a échoué</translation>
    </message>
    <message>
        <source>The set-up of {year} stopped before its end</source>
        <translation>La mise en place de {year} s’est arrêtée avant la fin</translation>
    </message>
    <message>
        <source>The year exists, but its units are not complete. “Retry” starts the set-up again; nothing is lost.</source>
        <translation>L’année existe, mais ses unités ne sont pas complètes. «&#xa0;Réessayer&#xa0;» relance la mise en place&#x202f;; rien n’est perdu.</translation>
    </message>
    <message>
        <source>Update units and users</source>
        <translation>Mettre à jour les unités et les utilisateurs</translation>
    </message>
    <message>
        <source>Year {year} has not been read yet</source>
        <translation>L’année {year} n’a pas encore été lue</translation>
    </message>
    <message>
        <source>Year {year} is being set up</source>
        <translation>L’année {year} est en cours de mise en place</translation>
    </message>
    <message>
        <source>Year {year} is not configured yet</source>
        <translation>L’année {year} n’est pas encore configurée</translation>
    </message>
    <message>
        <source>Year {year} is set up</source>
        <translation>L’année {year} est en place</translation>
    </message>
    <message>
        <source>done</source>
        <comment>state of a set-up phase</comment>
        <translation>terminée</translation>
    </message>
    <message>
        <source>running</source>
        <comment>state of a set-up phase</comment>
        <translation>en cours</translation>
    </message>
    <message>
        <source>to come</source>
        <comment>state of a set-up phase</comment>
        <translation>à venir</translation>
    </message>
</context>
<context>
    <name>words.slots</name>
    <message numerus="yes">
        <source>%n more row(s) with errors</source>
        <translation>
            <numerusform>%n autre ligne avec erreur</numerusform>
            <numerusform>%n autres lignes avec erreurs</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n row(s)</source>
        <translation>
            <numerusform>%n ligne</numerusform>
            <numerusform>%n lignes</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n row(s) imported</source>
        <translation>
            <numerusform>%n ligne importée</numerusform>
            <numerusform>%n lignes importées</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n row(s) left out</source>
        <translation>
            <numerusform>%n ligne écartée</numerusform>
            <numerusform>%n lignes écartées</numerusform>
        </translation>
    </message>
    <message>
        <source>Disabled</source>
        <comment>state of an upload slot</comment>
        <translation>Désactivé</translation>
    </message>
    <message>
        <source>Done</source>
        <comment>end of work on the server</comment>
        <translation>Terminé</translation>
    </message>
    <message>
        <source>Done with warnings</source>
        <comment>end of work on the server</comment>
        <translation>Terminé avec avertissements</translation>
    </message>
    <message>
        <source>Failed</source>
        <comment>end of work on the server</comment>
        <translation>Échec</translation>
    </message>
    <message>
        <source>Failed</source>
        <comment>state of an upload slot</comment>
        <translation>Échec</translation>
    </message>
    <message>
        <source>Finishing</source>
        <translation>Finalisation</translation>
    </message>
    <message>
        <source>Imported, not recalculated</source>
        <comment>state of an upload slot</comment>
        <translation>Importé, pas recalculé</translation>
    </message>
    <message>
        <source>In progress</source>
        <comment>state of an upload slot</comment>
        <translation>En cours</translation>
    </message>
    <message>
        <source>Missing</source>
        <comment>state of an upload slot</comment>
        <translation>Manquant</translation>
    </message>
    <message>
        <source>No file</source>
        <comment>state of an upload slot</comment>
        <translation>Aucun fichier</translation>
    </message>
    <message>
        <source>No file yet; none is required here.</source>
        <translation>Pas encore de fichier&#x202f;; aucun n’est exigé ici.</translation>
    </message>
    <message>
        <source>Not accepted</source>
        <comment>state of an upload slot</comment>
        <translation>Refusé</translation>
    </message>
    <message>
        <source>Not certain</source>
        <comment>state of an upload slot</comment>
        <translation>Incertain</translation>
    </message>
    <message>
        <source>Partly done</source>
        <comment>end of work on the server</comment>
        <translation>Partiel</translation>
    </message>
    <message>
        <source>Row {row}: {reason}</source>
        <translation>Ligne {row}&#xa0;: {reason}</translation>
    </message>
    <message>
        <source>Sending</source>
        <comment>state of an upload slot</comment>
        <translation>Envoi</translation>
    </message>
    <message>
        <source>Sending · {share} of {size}</source>
        <translation>Envoi · {share} de {size}</translation>
    </message>
    <message>
        <source>Sent, starting the work</source>
        <translation>Envoyé, lancement du traitement</translation>
    </message>
    <message>
        <source>Step 1 of 3 · importing rows</source>
        <translation>Étape 1 sur 3 · importation des lignes</translation>
    </message>
    <message>
        <source>Step 2 of 3 · recalculating emissions</source>
        <translation>Étape 2 sur 3 · recalcul des émissions</translation>
    </message>
    <message>
        <source>Step 3 of 3 · adding up totals</source>
        <translation>Étape 3 sur 3 · calcul des totaux</translation>
    </message>
    <message>
        <source>The file is on its way to the server. It can be cancelled.</source>
        <translation>Le fichier est en route vers le serveur. L’envoi peut être annulé.</translation>
    </message>
    <message>
        <source>The file was imported, but not all of its rows. Correct those and upload the file again.</source>
        <translation>Le fichier a été importé, mais pas toutes ses lignes. Corrigez celles-ci et téléversez le fichier à nouveau.</translation>
    </message>
    <message>
        <source>The file was imported.</source>
        <translation>Le fichier a été importé.</translation>
    </message>
    <message>
        <source>The file was sent, but it is not known whether the work began. This is looked up as soon as possible; nothing is sent twice by itself.</source>
        <translation>Le fichier a été envoyé, mais on ne sait pas si le traitement a commencé. Ce sera vérifié dès que possible&#x202f;; rien n’est envoyé deux fois automatiquement.</translation>
    </message>
    <message>
        <source>The last file was not taken on; no work began.</source>
        <translation>Le dernier fichier n’a pas été accepté&#x202f;; aucun traitement n’a commencé.</translation>
    </message>
    <message>
        <source>The last upload failed on the server. Correct the file and upload it again.</source>
        <translation>Le dernier téléversement a échoué sur le serveur. Corrigez le fichier et téléversez-le à nouveau.</translation>
    </message>
    <message>
        <source>The rows were imported, but a later step failed, so emissions or totals are not up to date. Upload the file again.</source>
        <translation>Les lignes ont été importées, mais une étape suivante a échoué&#xa0;: les émissions ou les totaux ne sont pas à jour. Téléversez le fichier à nouveau.</translation>
    </message>
    <message>
        <source>The server is working on it. You may go on elsewhere meanwhile; it can be interrupted.</source>
        <translation>Le serveur y travaille. Vous pouvez continuer ailleurs entre-temps&#x202f;; le traitement peut être interrompu.</translation>
    </message>
    <message>
        <source>The server says: {words}</source>
        <translation>Message du serveur&#xa0;: {words}</translation>
    </message>
    <message>
        <source>The year can’t be opened without this file. Drop a CSV file here or choose one.</source>
        <translation>L’année ne peut pas être ouverte sans ce fichier. Déposez ici un fichier CSV ou choisissez-en un.</translation>
    </message>
    <message>
        <source>This module or submodule is disabled, so no file is needed.</source>
        <translation>Ce module ou sous-module est désactivé&#x202f;; aucun fichier n’est nécessaire.</translation>
    </message>
    <message>
        <source>Updating units</source>
        <translation>Mise à jour des unités</translation>
    </message>
    <message>
        <source>Uploaded</source>
        <comment>state of an upload slot</comment>
        <translation>Téléversé</translation>
    </message>
    <message>
        <source>Uploaded with warnings</source>
        <comment>state of an upload slot</comment>
        <translation>Téléversé avec avertissements</translation>
    </message>
    <message>
        <source>Waiting for the server</source>
        <translation>En attente du serveur</translation>
    </message>
    <message>
        <source>Waiting to be sent</source>
        <translation>En attente d’envoi</translation>
    </message>
    <message>
        <source>progress is being reconnected</source>
        <translation>rétablissement de l’avancement en cours</translation>
    </message>
    <message>
        <source>progress lost</source>
        <translation>avancement perdu</translation>
    </message>
    <message>
        <source>progress not connected yet</source>
        <translation>avancement pas encore connecté</translation>
    </message>
    <message>
        <source>{file} · {when}</source>
        <translation>{file} · {when}</translation>
    </message>
    <message>
        <source>{rows}, {skipped} left out</source>
        <translation>{rows}, écartées&#xa0;: {skipped}</translation>
    </message>
    <message>
        <source>{title}: {sentences}</source>
        <translation>{title}&#xa0;: {sentences}</translation>
    </message>
</context>
<context>
    <name>words.years</name>
    <message>
        <source>Users see no year at present</source>
        <translation>Les utilisateurs ne voient aucune année pour le moment</translation>
    </message>
    <message>
        <source>Users see {years}</source>
        <translation>Les utilisateurs voient {years}</translation>
    </message>
    <message>
        <source>being set up</source>
        <translation>en cours de mise en place</translation>
    </message>
    <message>
        <source>not configured</source>
        <translation>non configurée</translation>
    </message>
    <message>
        <source>not known yet</source>
        <translation>pas encore connue</translation>
    </message>
    <message>
        <source>open</source>
        <translation>ouverte</translation>
    </message>
    <message>
        <source>ready</source>
        <translation>prête</translation>
    </message>
    <message>
        <source>set-up failed</source>
        <translation>échec de la mise en place</translation>
    </message>
</context>
</TS>
