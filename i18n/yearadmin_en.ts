<?xml version="1.0" encoding="utf-8"?>
<!DOCTYPE TS>
<TS version="2.1" language="en" sourcelanguage="en">
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
    <name>desktop.panels</name>
    <message numerus="yes">
        <source>%n missing</source>
        <translation>
            <numerusform>%n missing</numerusform>
            <numerusform>%n missing</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>Replace the %n row(s) that are here with “{name}”?</source>
        <translation>
            <numerusform>Replace the %n row that are here with “{name}”?</numerusform>
            <numerusform>Replace the %n rows that are here with “{name}”?</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>The server names no more of them: %n further row(s)</source>
        <translation>
            <numerusform>The server names no more of them: %n further row</numerusform>
            <numerusform>The server names no more of them: %n further rows</numerusform>
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
    <name>words.notices</name>
    <message numerus="yes">
        <source>%n row(s) imported</source>
        <translation>
            <numerusform>%n row imported</numerusform>
            <numerusform>%n rows imported</numerusform>
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
</context>
</TS>
