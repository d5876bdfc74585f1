<?xml version="1.0" encoding="utf-8"?>
<!DOCTYPE TS>
<TS version="2.1" language="en" sourcelanguage="en">
<context>
    <name>desktop.activity</name>
    <message numerus="yes">
        <source>%n exchange(s) with the server</source>
        <translation>
            <numerusform>%n exchange with the server</numerusform>
            <numerusform>%n exchanges with the server</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>desktop.footer</name>
    <message numerus="yes">
        <source>%n recent message(s)</source>
        <translation>
            <numerusform>%n recent message</numerusform>
            <numerusform>%n recent messages</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>desktop.history</name>
    <message numerus="yes">
        <source>%n difference(s)</source>
        <translation>
            <numerusform>%n difference</numerusform>
            <numerusform>%n differences</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>desktop.notices</name>
    <message numerus="yes">
        <source>%n more message(s)</source>
        <translation>
            <numerusform>%n more message</numerusform>
            <numerusform>%n more messages</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>desktop.panels</name>
    <message numerus="yes">
        <source>%n missing</source>
        <translation>
            <numerusform>%n missing</numerusform>
            <numerusform>%n missing</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n more row(s) with errors, not listed by the server</source>
        <translation>
            <numerusform>%n more row with errors, not listed by the server</numerusform>
            <numerusform>%n more rows with errors, not listed by the server</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n warning(s)</source>
        <translation>
            <numerusform>%n warning</numerusform>
            <numerusform>%n warnings</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>Replace the %n row(s) that are here with “{name}”?</source>
        <translation>
            <numerusform>Replace the %n row that are here with “{name}”?</numerusform>
            <numerusform>Replace the %n rows that are here with “{name}”?</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>desktop.questions</name>
    <message numerus="yes">
        <source>and %n more</source>
        <translation>
            <numerusform>and %n more</numerusform>
            <numerusform>and %n more</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>desktop.yearbar</name>
    <message numerus="yes">
        <source>%n warning(s)</source>
        <translation>
            <numerusform>%n warning</numerusform>
            <numerusform>%n warnings</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>words.format</name>
    <message numerus="yes">
        <source>%n byte(s)</source>
        <translation>
            <numerusform>%n byte</numerusform>
            <numerusform>%n bytes</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>words.history</name>
    <message numerus="yes">
        <source>%n goal(s)</source>
        <translation>
            <numerusform>%n goal</numerusform>
            <numerusform>%n goals</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n setting(s)</source>
        <translation>
            <numerusform>%n setting</numerusform>
            <numerusform>%n settings</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n upload(s)</source>
        <translation>
            <numerusform>%n upload</numerusform>
            <numerusform>%n uploads</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>words.leaving</name>
    <message numerus="yes">
        <source>%n file(s) not sent completely yet will not reach the server.</source>
        <translation>
            <numerusform>%n file not sent completely yet will not reach the server.</numerusform>
            <numerusform>%n files not sent completely yet will not reach the server.</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>and %n more</source>
        <translation>
            <numerusform>and %n more</numerusform>
            <numerusform>and %n more</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>words.notices</name>
    <message numerus="yes">
        <source>%n row(s) imported</source>
        <translation>
            <numerusform>%n row imported</numerusform>
            <numerusform>%n rows imported</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>{rows}, %n left out</source>
        <translation>
            <numerusform>{rows}, %n left out</numerusform>
            <numerusform>{rows}, %n left out</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>words.readiness</name>
    <message numerus="yes">
        <source>%n thing(s) missing</source>
        <translation>
            <numerusform>%n thing missing</numerusform>
            <numerusform>%n things missing</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>Ready to open, %n warning(s)</source>
        <translation>
            <numerusform>Ready to open, %n warning</numerusform>
            <numerusform>Ready to open, %n warnings</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>words.refusals</name>
    <message numerus="yes">
        <source>and %n more</source>
        <translation>
            <numerusform>and %n more</numerusform>
            <numerusform>and %n more</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>words.signin</name>
    <message numerus="yes">
        <source>%n file(s) go on being sent once you are back.</source>
        <translation>
            <numerusform>%n file go on being sent once you are back.</numerusform>
            <numerusform>%n files go on being sent once you are back.</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>words.slots</name>
    <message numerus="yes">
        <source>%n more row(s) with errors</source>
        <translation>
            <numerusform>%n more row with errors</numerusform>
            <numerusform>%n more rows with errors</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n row(s)</source>
        <translation>
            <numerusform>%n row</numerusform>
            <numerusform>%n rows</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n row(s) imported</source>
        <translation>
            <numerusform>%n row imported</numerusform>
            <numerusform>%n rows imported</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n row(s) left out</source>
        <translation>
            <numerusform>%n row left out</numerusform>
            <numerusform>%n rows left out</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>{rows}, %n left out</source>
        <translation>
            <numerusform>{rows}, %n left out</numerusform>
            <numerusform>{rows}, %n left out</numerusform>
        </translation>
    </message>
</context>
</TS>
