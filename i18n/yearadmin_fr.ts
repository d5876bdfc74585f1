<?xml version="1.0" encoding="utf-8"?>
<!DOCTYPE TS>
<TS version="2.1" language="fr" sourcelanguage="en">
<context>
    <name>command</name>
    <message>
        <source>Files sent from this computer:</source>
        <translation>Fichiers envoyés depuis cet ordinateur&#xa0;:</translation>
    </message>
    <message>
        <source>It had been done meanwhile, {by}; nothing was sent.</source>
        <translation>C’était déjà fait entre-temps, {by}&#x202f;; rien n’a été envoyé.</translation>
    </message>
    <message>
        <source>Kept are: {years}.</source>
        <translation>Années conservées&#xa0;: {years}.</translation>
    </message>
    <message>
        <source>No difference an operator sees.</source>
        <translation>Aucune différence visible pour un opérateur.</translation>
    </message>
    <message>
        <source>Not connected. This is how it was on {when}.</source>
        <translation>Hors connexion. Voici l’état au {when}.</translation>
    </message>
    <message>
        <source>Nothing is kept of {year} on this computer.</source>
        <translation>Rien n’est conservé de {year} sur cet ordinateur.</translation>
    </message>
    <message>
        <source>Nothing was sent. Look at the year as it is now, then ask again.</source>
        <translation>Rien n’a été envoyé. Regardez l’année dans son état actuel, puis redemandez.</translation>
    </message>
    <message>
        <source>Only one state of {year} is kept, so there is nothing to compare it with.</source>
        <translation>Un seul état de {year} est conservé, il n’y a donc rien à quoi le comparer.</translation>
    </message>
    <message>
        <source>Signed in as {name}, {roles}.</source>
        <translation>Identifié comme {name}, {roles}.</translation>
    </message>
    <message>
        <source>Signed in as {name}.</source>
        <translation>Identifié comme {name}.</translation>
    </message>
    <message>
        <source>The server on this computer is always there: it can’t be removed.</source>
        <translation>Le serveur de cet ordinateur est toujours là&#xa0;: il ne peut pas être retiré.</translation>
    </message>
    <message>
        <source>The server said: {words}</source>
        <translation>Message du serveur&#xa0;: {words}</translation>
    </message>
    <message>
        <source>This is {server}. To confirm, type the year’s number: </source>
        <translation>Vous êtes sur {server}. Pour confirmer, tapez le numéro de l’année&#xa0;: </translation>
    </message>
    <message>
        <source>What was kept can’t be read any more.</source>
        <translation>Ce qui a été conservé n’est plus lisible.</translation>
    </message>
    <message>
        <source>can’t be read any more</source>
        <translation>n’est plus lisible</translation>
    </message>
    <message>
        <source>careful</source>
        <translation>prudence</translation>
    </message>
    <message>
        <source>first seen</source>
        <translation>vu pour la première fois</translation>
    </message>
    <message>
        <source>used last</source>
        <translation>utilisé en dernier</translation>
    </message>
    <message>
        <source>what changed is not known</source>
        <translation>ce qui a changé n’est pas connu</translation>
    </message>
    <message>
        <source>{server} is marked as careful: add --confirm {year}. Nothing was sent.</source>
        <translation>{server} demande la prudence&#xa0;: ajoutez --confirm {year}. Rien n’a été envoyé.</translation>
    </message>
    <message>
        <source>{year} had not been seen by {when}; it was first seen on {first}.</source>
        <translation>{year} n’avait pas encore été vue le {when}&#x202f;; elle a été vue pour la première fois le {first}.</translation>
    </message>
    <message>
        <source>{year} is closed: users no longer see it.</source>
        <translation>{year} est fermée&#xa0;: les utilisateurs ne la voient plus.</translation>
    </message>
    <message>
        <source>{year} is created; its set-up has begun.</source>
        <translation>{year} est créée&#x202f;; sa mise en place a commencé.</translation>
    </message>
    <message>
        <source>{year} is open to users.</source>
        <translation>{year} est ouverte aux utilisateurs.</translation>
    </message>
    <message>
        <source>{year}, as kept on this computer; nothing here is live.</source>
        <translation>{year}, telle que conservée sur cet ordinateur&#x202f;; rien ici n’est en direct.</translation>
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
    <name>desktop.activity</name>
    <message numerus="yes">
        <source>%n exchange(s) with the server</source>
        <translation>
            <numerusform>%n échange avec le serveur</numerusform>
            <numerusform>%n échanges avec le serveur</numerusform>
        </translation>
    </message>
    <message>
        <source>&amp;Copy selected</source>
        <translation>&amp;Copier la sélection</translation>
    </message>
    <message>
        <source>&amp;Save diagnostics…</source>
        <translation>&amp;Enregistrer le diagnostic…</translation>
    </message>
    <message>
        <source>Activity</source>
        <translation>Activité</translation>
    </message>
    <message>
        <source>All kinds</source>
        <translation>Tous les genres</translation>
    </message>
    <message>
        <source>Answer</source>
        <translation>Réponse</translation>
    </message>
    <message>
        <source>Copy &amp;all</source>
        <translation>&amp;Tout copier</translation>
    </message>
    <message>
        <source>Exchanges with the server, newest first</source>
        <translation>Échanges avec le serveur, du plus récent au plus ancien</translation>
    </message>
    <message>
        <source>Failures &amp;only</source>
        <translation>Échecs &amp;seulement</translation>
    </message>
    <message>
        <source>Filter by words</source>
        <translation>Filtrer par mots</translation>
    </message>
    <message>
        <source>Filter by words, such as 2026 or a request id</source>
        <translation>Filtrer par mots, par exemple 2026 ou un numéro de requête</translation>
    </message>
    <message>
        <source>Kind</source>
        <translation>Genre</translation>
    </message>
    <message>
        <source>Received</source>
        <translation>Reçu</translation>
    </message>
    <message>
        <source>Request</source>
        <translation>Requête</translation>
    </message>
    <message>
        <source>Sent</source>
        <translation>Envoyé</translation>
    </message>
    <message>
        <source>Time</source>
        <translation>Heure</translation>
    </message>
    <message>
        <source>Took</source>
        <translation>Durée</translation>
    </message>
    <message>
        <source>What</source>
        <translation>Quoi</translation>
    </message>
    <message>
        <source>{shown} of {all} exchanges</source>
        <translation>{shown} échanges sur {all}</translation>
    </message>
</context>
<context>
    <name>desktop.band</name>
    <message>
        <source>&amp;Sign in…</source>
        <translation>S’&amp;identifier…</translation>
    </message>
    <message>
        <source>&amp;Try now</source>
        <translation>&amp;Essayer maintenant</translation>
    </message>
    <message>
        <source>Relo&amp;ad</source>
        <translation>Rechar&amp;ger</translation>
    </message>
    <message>
        <source>{year} could not be read again, so what you see may be out of date.</source>
        <translation>{year} n’a pas pu être relue&#x202f;; ce que vous voyez n’est peut-être plus à jour.</translation>
    </message>
    <message>
        <source>{year} could not be read from the server; you see the copy kept on this computer.</source>
        <translation>{year} n’a pas pu être lue sur le serveur&#x202f;; vous voyez la copie conservée sur cet ordinateur.</translation>
    </message>
</context>
<context>
    <name>desktop.conflict</name>
    <message>
        <source>&amp;Keep theirs</source>
        <translation>&amp;Garder l’autre version</translation>
    </message>
    <message>
        <source>Decide &amp;later</source>
        <translation>&amp;Décider plus tard</translation>
    </message>
    <message>
        <source>Nothing was sent. Choose which values are to count; what changed elsewhere in the year has been taken over and is not affected.</source>
        <translation>Rien n’a été envoyé. Choisissez les valeurs qui doivent compter&#x202f;; ce qui a changé ailleurs dans l’année a été repris et n’est pas touché.</translation>
    </message>
    <message>
        <source>Now on the server</source>
        <translation>Maintenant sur le serveur</translation>
    </message>
    <message>
        <source>The values now on the server stay for now; your text is kept.</source>
        <translation>Les valeurs du serveur restent pour l’instant&#x202f;; votre texte est conservé.</translation>
    </message>
    <message>
        <source>The values now on the server stay; yours are given up.</source>
        <translation>Les valeurs du serveur restent&#x202f;; les vôtres sont abandonnées.</translation>
    </message>
    <message>
        <source>Use &amp;mine</source>
        <translation>Prendre la &amp;mienne</translation>
    </message>
    <message>
        <source>You saw</source>
        <translation>Vous aviez vu</translation>
    </message>
    <message>
        <source>You want</source>
        <translation>Vous voulez</translation>
    </message>
    <message>
        <source>Your values replace those now on the server.</source>
        <translation>Vos valeurs remplacent celles du serveur.</translation>
    </message>
    <message>
        <source>{field}, changed {by}</source>
        <translation>{field}, modifié {by}</translation>
    </message>
</context>
<context>
    <name>desktop.diagnostics</name>
    <message>
        <source>&amp;Save…</source>
        <translation>&amp;Enregistrer…</translation>
    </message>
    <message>
        <source>Activity</source>
        <translation>Activité</translation>
    </message>
    <message>
        <source>Close</source>
        <translation>Fermer</translation>
    </message>
    <message>
        <source>Content of the part chosen</source>
        <translation>Contenu de la partie choisie</translation>
    </message>
    <message>
        <source>Log: {name}</source>
        <translation>Journal&#xa0;: {name}</translation>
    </message>
    <message>
        <source>Part</source>
        <translation>Partie</translation>
    </message>
    <message>
        <source>Parts of the bundle</source>
        <translation>Parties du diagnostic</translation>
    </message>
    <message>
        <source>Save diagnostics</source>
        <translation>Enregistrer le diagnostic</translation>
    </message>
    <message>
        <source>Settings</source>
        <translation>Réglages</translation>
    </message>
    <message>
        <source>Size</source>
        <translation>Taille</translation>
    </message>
    <message>
        <source>This is all that would be written, for you to send to support. Cookies, passwords, names and e-mail addresses have been taken out; read it through before you pass it on.</source>
        <translation>Voici tout ce qui serait écrit, à envoyer au support. Cookies, mots de passe, noms et adresses e-mail ont été retirés&#x202f;; relisez avant de transmettre.</translation>
    </message>
    <message>
        <source>Versions</source>
        <translation>Versions</translation>
    </message>
    <message>
        <source>ZIP files (*.zip)</source>
        <translation>Fichiers ZIP (*.zip)</translation>
    </message>
    <message>
        <source>“{name}” can’t be written: {reason}</source>
        <translation>«&#xa0;{name}&#xa0;» ne peut pas être écrit&#xa0;: {reason}</translation>
    </message>
    <message>
        <source>“{name}” is written.</source>
        <translation>«&#xa0;{name}&#xa0;» est écrit.</translation>
    </message>
</context>
<context>
    <name>desktop.dialogs</name>
    <message>
        <source>Cancel</source>
        <translation>Annuler</translation>
    </message>
    <message>
        <source>Four digits, for example 2031</source>
        <translation>Quatre chiffres, par exemple 2031</translation>
    </message>
    <message>
        <source>Other year</source>
        <translation>Autre année</translation>
    </message>
    <message>
        <source>Show year</source>
        <translation>Afficher l’année</translation>
    </message>
    <message>
        <source>That is not {text}.</source>
        <translation>Ce n’est pas {text}.</translation>
    </message>
    <message>
        <source>Type a year first.</source>
        <translation>Saisissez d’abord une année.</translation>
    </message>
    <message>
        <source>Type {text} to go on.</source>
        <translation>Tapez {text} pour continuer.</translation>
    </message>
    <message>
        <source>Which year do you want to look at or prepare?</source>
        <translation>Quelle année voulez-vous consulter ou préparer&#x202f;?</translation>
    </message>
    <message>
        <source>Year</source>
        <translation>Année</translation>
    </message>
    <message>
        <source>{text} can’t be a reporting year. Choose one between {first} and {last}.</source>
        <translation>{text} ne peut pas être une année de bilan. Choisissez-en une entre {first} et {last}.</translation>
    </message>
    <message>
        <source>“{text}” is not a year: use digits only, such as 2031.</source>
        <translation>«&#xa0;{text}&#xa0;» n’est pas une année&#xa0;: utilisez uniquement des chiffres, par exemple 2031.</translation>
    </message>
</context>
<context>
    <name>desktop.firststart</name>
    <message>
        <source>&amp;Save and connect</source>
        <translation>&amp;Enregistrer et se connecter</translation>
    </message>
    <message>
        <source>&amp;Save anyway and connect</source>
        <translation>&amp;Enregistrer quand même et se connecter</translation>
    </message>
    <message>
        <source>&amp;Try it here</source>
        <translation>E&amp;ssayer ici</translation>
    </message>
    <message>
        <source>Connect to a server</source>
        <translation>Se connecter à un serveur</translation>
    </message>
    <message>
        <source>The program brings a server of its own. What you enter stays on this computer, so nothing can go wrong elsewhere.</source>
        <translation>Le programme apporte son propre serveur. Ce que vous saisissez reste sur cet ordinateur&#xa0;: rien ne peut mal tourner ailleurs.</translation>
    </message>
    <message>
        <source>Try it on this computer</source>
        <translation>Essayer sur cet ordinateur</translation>
    </message>
    <message>
        <source>Which server do you want to work with?</source>
        <translation>Avec quel serveur voulez-vous travailler&#x202f;?</translation>
    </message>
    <message>
        <source>You can add others, and switch between them, at any time.</source>
        <translation>Vous pourrez en ajouter d’autres, et passer de l’un à l’autre, à tout moment.</translation>
    </message>
    <message>
        <source>Your institution’s calculator. The address is checked while you type.</source>
        <translation>Le calculateur de votre institution. L’adresse est vérifiée pendant la saisie.</translation>
    </message>
</context>
<context>
    <name>desktop.footer</name>
    <message numerus="yes">
        <source>%n recent message(s)</source>
        <translation>
            <numerusform>%n message récent</numerusform>
            <numerusform>%n messages récents</numerusform>
        </translation>
    </message>
    <message>
        <source>Click to connect now</source>
        <translation>Cliquez pour vous connecter maintenant</translation>
    </message>
    <message>
        <source>Language</source>
        <translation>Langue</translation>
    </message>
    <message>
        <source>Language: {name}</source>
        <translation>Langue&#xa0;: {name}</translation>
    </message>
    <message>
        <source>Messages</source>
        <translation>Messages</translation>
    </message>
    <message>
        <source>Sign &amp;out</source>
        <translation>Se &amp;déconnecter</translation>
    </message>
    <message>
        <source>Sign in</source>
        <translation>S’identifier</translation>
    </message>
    <message>
        <source>Sign in as a test user</source>
        <translation>S’identifier comme utilisateur de test</translation>
    </message>
    <message>
        <source>Sign out &amp;everywhere…</source>
        <translation>Se déconnecter par&amp;tout…</translation>
    </message>
    <message>
        <source>Signed in as {name}</source>
        <translation>Identifié comme {name}</translation>
    </message>
</context>
<context>
    <name>desktop.history</name>
    <message numerus="yes">
        <source>%n difference(s)</source>
        <translation>
            <numerusform>%n différence</numerusform>
            <numerusform>%n différences</numerusform>
        </translation>
    </message>
    <message>
        <source>&amp;After</source>
        <translation>A&amp;près</translation>
    </message>
    <message>
        <source>&amp;Apply</source>
        <translation>&amp;Appliquer</translation>
    </message>
    <message>
        <source>&amp;Before</source>
        <translation>A&amp;vant</translation>
    </message>
    <message>
        <source>&amp;Compare</source>
        <translation>&amp;Comparer</translation>
    </message>
    <message>
        <source>&amp;Files sent</source>
        <translation>&amp;Fichiers envoyés</translation>
    </message>
    <message>
        <source>&amp;Forget this server…</source>
        <translation>&amp;Oublier ce serveur…</translation>
    </message>
    <message>
        <source>&amp;Storage</source>
        <translation>&amp;Stockage</translation>
    </message>
    <message>
        <source>&amp;Timeline</source>
        <translation>C&amp;hronologie</translation>
    </message>
    <message>
        <source>&amp;Year</source>
        <translation>A&amp;nnée</translation>
    </message>
    <message>
        <source>About</source>
        <translation>Objet</translation>
    </message>
    <message>
        <source>After</source>
        <translation>Après</translation>
    </message>
    <message>
        <source>Before</source>
        <translation>Avant</translation>
    </message>
    <message>
        <source>Both are the same time.</source>
        <translation>Les deux moments sont identiques.</translation>
    </message>
    <message>
        <source>By</source>
        <translation>Par</translation>
    </message>
    <message>
        <source>CSV files (*.csv)</source>
        <translation>Fichiers CSV (*.csv)</translation>
    </message>
    <message>
        <source>Change</source>
        <translation>Modification</translation>
    </message>
    <message>
        <source>Changed</source>
        <translation>Modifié</translation>
    </message>
    <message>
        <source>Changes as CSV…</source>
        <translation>Modifications en CSV…</translation>
    </message>
    <message>
        <source>Checklist ({count})</source>
        <translation>Liste de contrôle ({count})</translation>
    </message>
    <message>
        <source>Checklist as it was</source>
        <translation>Liste de contrôle d’alors</translation>
    </message>
    <message>
        <source>Choose a time on the left to see the year as it was then.</source>
        <translation>Choisissez un moment à gauche pour voir l’année telle qu’elle était alors.</translation>
    </message>
    <message>
        <source>Choose two times to compare.</source>
        <translation>Choisissez deux moments à comparer.</translation>
    </message>
    <message>
        <source>Days a state is kept after it was last seen</source>
        <translation>Jours de conservation d’un état après sa dernière lecture</translation>
    </message>
    <message>
        <source>Deletes everything kept on this computer about this server ({server}). The server keeps all it has.</source>
        <translation>Supprime tout ce qui est conservé sur cet ordinateur au sujet de ce serveur ({server}). Le serveur garde tout ce qu’il a.</translation>
    </message>
    <message>
        <source>Differences</source>
        <translation>Différences</translation>
    </message>
    <message>
        <source>Differences as CSV…</source>
        <translation>Différences en CSV…</translation>
    </message>
    <message>
        <source>Differences as JSON…</source>
        <translation>Différences en JSON…</translation>
    </message>
    <message>
        <source>Everything</source>
        <translation>Tout</translation>
    </message>
    <message>
        <source>Everything kept on this computer about this server is deleted: past states of its years, the list of files sent, and what the window shows without a connection. On the server nothing changes.</source>
        <translation>Tout ce qui est conservé de ce serveur sur cet ordinateur est supprimé&#xa0;: états passés de ses années, liste des fichiers envoyés et ce que la fenêtre montre hors connexion. Rien ne change sur le serveur.</translation>
    </message>
    <message>
        <source>Export</source>
        <translation>Exporter</translation>
    </message>
    <message>
        <source>Export the differences</source>
        <translation>Exporter les différences</translation>
    </message>
    <message>
        <source>Export the history of the year</source>
        <translation>Exporter l’historique de l’année</translation>
    </message>
    <message>
        <source>Export…</source>
        <translation>Exporter…</translation>
    </message>
    <message>
        <source>File</source>
        <translation>Fichier</translation>
    </message>
    <message>
        <source>Files sent from this computer. The fingerprint (SHA-256) is of the bytes sent; copying a row copies it whole.</source>
        <translation>Fichiers envoyés depuis cet ordinateur. L’empreinte (SHA-256) est celle des octets envoyés&#x202f;; copier une ligne la copie en entier.</translation>
    </message>
    <message>
        <source>Files sent, newest first</source>
        <translation>Fichiers envoyés, du plus récent au plus ancien</translation>
    </message>
    <message>
        <source>First seen</source>
        <translation>Vu pour la première fois</translation>
    </message>
    <message>
        <source>Forget</source>
        <translation>Oublier</translation>
    </message>
    <message>
        <source>Forget this server</source>
        <translation>Oublier ce serveur</translation>
    </message>
    <message>
        <source>Forget this server?</source>
        <translation>Oublier ce serveur&#x202f;?</translation>
    </message>
    <message>
        <source>Forgotten. What the server tells from now on is kept again.</source>
        <translation>Oublié. Ce que le serveur transmet désormais est de nouveau conservé.</translation>
    </message>
    <message>
        <source>Gone</source>
        <translation>Supprimé</translation>
    </message>
    <message>
        <source>History</source>
        <translation>Historique</translation>
    </message>
    <message>
        <source>JSON files (*.json)</source>
        <translation>Fichiers JSON (*.json)</translation>
    </message>
    <message>
        <source>Job</source>
        <translation>Traitement</translation>
    </message>
    <message>
        <source>Keep at most (&amp;MB)</source>
        <translation>Garder au plus (&amp;Mo)</translation>
    </message>
    <message>
        <source>Keep for (&amp;days)</source>
        <translation>Garder pendant (&amp;jours)</translation>
    </message>
    <message>
        <source>Kept on this computer. Nothing here is live, and nothing can be changed. Server: {server}</source>
        <translation>Conservé sur cet ordinateur. Rien ici n’est en direct, et rien ne peut être modifié. Serveur&#xa0;: {server}</translation>
    </message>
    <message>
        <source>Kept states of the year, newest first</source>
        <translation>États conservés de l’année, du plus récent au plus ancien</translation>
    </message>
    <message>
        <source>Kind</source>
        <translation>Genre</translation>
    </message>
    <message>
        <source>Megabytes kept at most</source>
        <translation>Mégaoctets conservés au plus</translation>
    </message>
    <message>
        <source>New</source>
        <translation>Nouveau</translation>
    </message>
    <message>
        <source>No difference an operator sees.</source>
        <translation>Aucune différence visible.</translation>
    </message>
    <message>
        <source>No file was sent to this year from this computer.</source>
        <translation>Aucun fichier n’a été envoyé pour cette année depuis cet ordinateur.</translation>
    </message>
    <message>
        <source>Not known: the state before can’t be read</source>
        <translation>Inconnu&#xa0;: l’état précédent est illisible</translation>
    </message>
    <message>
        <source>Nothing is kept of this year yet. It is from the first time it is read from the server.</source>
        <translation>Rien n’est encore conservé de cette année. Elle le sera dès sa première lecture sur le serveur.</translation>
    </message>
    <message>
        <source>Now: {size}, {states} states, {files} files sent (all servers).</source>
        <translation>Actuellement&#xa0;: {size}, états&#xa0;: {states}, fichiers envoyés&#xa0;: {files} (tous les serveurs).</translation>
    </message>
    <message>
        <source>One of the two can’t be read any more.</source>
        <translation>L’un des deux n’est plus lisible.</translation>
    </message>
    <message>
        <source>Place</source>
        <translation>Emplacement</translation>
    </message>
    <message>
        <source>Reading…</source>
        <translation>Lecture…</translation>
    </message>
    <message>
        <source>Result</source>
        <translation>Résultat</translation>
    </message>
    <message>
        <source>Rows</source>
        <translation>Lignes</translation>
    </message>
    <message>
        <source>SHA-256</source>
        <translation>SHA-256</translation>
    </message>
    <message>
        <source>Seen</source>
        <translation>Vu</translation>
    </message>
    <message>
        <source>Sent</source>
        <translation>Envoyé</translation>
    </message>
    <message>
        <source>Server: {server}</source>
        <translation>Serveur&#xa0;: {server}</translation>
    </message>
    <message>
        <source>Show differences about</source>
        <translation>Montrer les différences sur</translation>
    </message>
    <message>
        <source>Size</source>
        <translation>Taille</translation>
    </message>
    <message>
        <source>State</source>
        <translation>État</translation>
    </message>
    <message>
        <source>The file can’t be written, so it still holds what it held.</source>
        <translation>Le fichier ne peut pas être écrit&#x202f;; son contenu est inchangé.</translation>
    </message>
    <message>
        <source>The limits are in force.</source>
        <translation>Les limites sont en vigueur.</translation>
    </message>
    <message>
        <source>Time after</source>
        <translation>Moment d’après</translation>
    </message>
    <message>
        <source>Time before</source>
        <translation>Moment d’avant</translation>
    </message>
    <message>
        <source>To</source>
        <translation>À</translation>
    </message>
    <message>
        <source>Uploaded on</source>
        <translation>Téléversé le</translation>
    </message>
    <message>
        <source>Uploads</source>
        <translation>Téléversements</translation>
    </message>
    <message>
        <source>Uploads as they were</source>
        <translation>Téléversements d’alors</translation>
    </message>
    <message>
        <source>What</source>
        <translation>Quoi</translation>
    </message>
    <message>
        <source>What changed</source>
        <translation>Ce qui a changé</translation>
    </message>
    <message>
        <source>What changed then</source>
        <translation>Ce qui a changé alors</translation>
    </message>
    <message>
        <source>What changed then ({count})</source>
        <translation>Ce qui a changé alors ({count})</translation>
    </message>
    <message>
        <source>What is kept on this computer</source>
        <translation>Ce qui est conservé sur cet ordinateur</translation>
    </message>
    <message>
        <source>What was kept of this time can’t be read any more.</source>
        <translation>Ce qui a été conservé de ce moment n’est plus lisible.</translation>
    </message>
    <message>
        <source>Where</source>
        <translation>Où</translation>
    </message>
    <message>
        <source>Whole history as JSON…</source>
        <translation>Historique complet en JSON…</translation>
    </message>
    <message>
        <source>Year</source>
        <translation>Année</translation>
    </message>
    <message>
        <source>Year after</source>
        <translation>Année d’après</translation>
    </message>
    <message>
        <source>Year before</source>
        <translation>Année d’avant</translation>
    </message>
    <message>
        <source>{count} bytes</source>
        <translation>{count} octets</translation>
    </message>
    <message>
        <source>{seen} (last known)</source>
        <translation>{seen} (dernier état connu)</translation>
    </message>
    <message>
        <source>“{name}” can’t be written: {reason}</source>
        <translation>«&#xa0;{name}&#xa0;» ne peut pas être écrit&#xa0;: {reason}</translation>
    </message>
    <message>
        <source>“{name}” is written.</source>
        <translation>«&#xa0;{name}&#xa0;» est écrit.</translation>
    </message>
</context>
<context>
    <name>desktop.notices</name>
    <message numerus="yes">
        <source>%n more message(s)</source>
        <translation>
            <numerusform>%n autre message</numerusform>
            <numerusform>%n autres messages</numerusform>
        </translation>
    </message>
    <message>
        <source>&amp;Activity…</source>
        <translation>&amp;Activité…</translation>
    </message>
    <message>
        <source>Close</source>
        <translation>Fermer</translation>
    </message>
    <message>
        <source>Copy</source>
        <translation>Copier</translation>
    </message>
    <message>
        <source>Copy this message</source>
        <translation>Copier ce message</translation>
    </message>
    <message>
        <source>Details</source>
        <translation>Détails</translation>
    </message>
    <message>
        <source>Dismiss</source>
        <translation>Retirer ce message</translation>
    </message>
    <message>
        <source>Dismiss: {title}</source>
        <translation>Retirer&#xa0;: {title}</translation>
    </message>
    <message>
        <source>Hide details</source>
        <translation>Masquer les détails</translation>
    </message>
    <message>
        <source>Messages</source>
        <translation>Messages</translation>
    </message>
    <message>
        <source>No messages yet.</source>
        <translation>Pas encore de message.</translation>
    </message>
    <message>
        <source>Recent messages, newest first</source>
        <translation>Messages récents, du plus récent au plus ancien</translation>
    </message>
</context>
<context>
    <name>desktop.pages</name>
    <message>
        <source>&amp;Create year {year}</source>
        <translation>&amp;Créer l’année {year}</translation>
    </message>
    <message>
        <source>&amp;Retry</source>
        <translation>&amp;Réessayer</translation>
    </message>
    <message>
        <source>&amp;Sign in…</source>
        <translation>S’&amp;identifier…</translation>
    </message>
    <message>
        <source>&amp;Try now</source>
        <translation>&amp;Essayer maintenant</translation>
    </message>
    <message>
        <source>As soon as a year is opened to users, it appears here.</source>
        <translation>Dès qu’une année est ouverte aux utilisateurs, elle apparaît ici.</translation>
    </message>
    <message>
        <source>Choose a year</source>
        <translation>Choisissez une année</translation>
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
        <translation>Copier le message du serveur</translation>
    </message>
    <message>
        <source>Creating it sets up its units, users and carbon reports. Users do not see it yet.</source>
        <translation>La créer met en place ses unités, utilisateurs et rapports carbone. Les utilisateurs ne la voient pas encore.</translation>
    </message>
    <message>
        <source>Creating {year}…</source>
        <translation>Création de {year}…</translation>
    </message>
    <message>
        <source>It appears by itself once you are connected.</source>
        <translation>Elle apparaîtra d’elle-même une fois la connexion rétablie.</translation>
    </message>
    <message>
        <source>It appears here when the back office has opened it.</source>
        <translation>Elle apparaît ici quand le back-office l’a ouverte.</translation>
    </message>
    <message>
        <source>Reading year {year}…</source>
        <translation>Lecture de l’année {year}…</translation>
    </message>
    <message>
        <source>Reading…</source>
        <translation>Lecture…</translation>
    </message>
    <message>
        <source>Sign in to see your years and to prepare them.</source>
        <translation>Identifiez-vous pour voir vos années et les préparer.</translation>
    </message>
    <message>
        <source>The server can’t be reached</source>
        <translation>Le serveur est injoignable</translation>
    </message>
    <message>
        <source>There is no year to see yet</source>
        <translation>Il n’y a pas encore d’année à voir</translation>
    </message>
    <message>
        <source>Year {year} could not be read</source>
        <translation>L’année {year} n’a pas pu être lue</translation>
    </message>
    <message>
        <source>Year {year} is not configured yet</source>
        <translation>L’année {year} n’est pas encore configurée</translation>
    </message>
    <message>
        <source>You are not signed in</source>
        <translation>Vous n’êtes pas identifié</translation>
    </message>
    <message>
        <source>Your years appear here in a moment.</source>
        <translation>Vos années apparaîtront ici dans un instant.</translation>
    </message>
    <message>
        <source>{year} was never read on this computer</source>
        <translation>{year} n’a jamais été lue sur cet ordinateur</translation>
    </message>
</context>
<context>
    <name>desktop.panels</name>
    <message numerus="yes">
        <source>%n missing</source>
        <translation>
            <numerusform>%n manquant</numerusform>
            <numerusform>%n manquants</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n more row(s) with errors, not listed by the server</source>
        <translation>
            <numerusform>%n autre ligne avec erreur, non détaillée par le serveur</numerusform>
            <numerusform>%n autres lignes avec erreurs, non détaillées par le serveur</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n warning(s)</source>
        <translation>
            <numerusform>%n avertissement</numerusform>
            <numerusform>%n avertissements</numerusform>
        </translation>
    </message>
    <message>
        <source>All files (*)</source>
        <translation>Tous les fichiers (*)</translation>
    </message>
    <message>
        <source>At least one goal is needed: by which year, by how many percent, compared with which year.</source>
        <translation>Au moins un objectif est nécessaire&#xa0;: pour quelle année, de combien, par rapport à quelle année.</translation>
    </message>
    <message>
        <source>Before you open</source>
        <translation>Avant d’ouvrir</translation>
    </message>
    <message>
        <source>CSV files (*.csv)</source>
        <translation>Fichiers CSV (*.csv)</translation>
    </message>
    <message>
        <source>Cancel</source>
        <translation>Annuler</translation>
    </message>
    <message>
        <source>Cancel sending: {slot}</source>
        <translation>Annuler l’envoi&#xa0;: {slot}</translation>
    </message>
    <message>
        <source>Choose a CSV file for {year}: {slot}</source>
        <translation>Choisir un fichier CSV pour {year}&#xa0;: {slot}</translation>
    </message>
    <message>
        <source>Choose a CSV file, or drop one here</source>
        <translation>Choisissez un fichier CSV, ou déposez-en un ici</translation>
    </message>
    <message>
        <source>Copy</source>
        <translation>Copier</translation>
    </message>
    <message>
        <source>Copy the details of {slot}</source>
        <translation>Copier les détails de {slot}</translation>
    </message>
    <message>
        <source>Correct the goal that is marked, then save.</source>
        <translation>Corrigez l’objectif signalé, puis enregistrez.</translation>
    </message>
    <message>
        <source>Details</source>
        <translation>Détails</translation>
    </message>
    <message>
        <source>Details of {slot}</source>
        <translation>Détails de {slot}</translation>
    </message>
    <message>
        <source>Disabled</source>
        <translation>Désactivé</translation>
    </message>
    <message>
        <source>Drop a CSV file here or choose one.</source>
        <translation>Déposez ici un fichier CSV ou choisissez-en un.</translation>
    </message>
    <message>
        <source>Drop one file at a time: each place takes a single CSV file.</source>
        <translation>Déposez un seul fichier à la fois&#xa0;: chaque emplacement accepte un seul fichier CSV.</translation>
    </message>
    <message>
        <source>Enabled</source>
        <translation>Activé</translation>
    </message>
    <message>
        <source>Everything is saved.</source>
        <translation>Tout est enregistré.</translation>
    </message>
    <message>
        <source>Files</source>
        <translation>Fichiers</translation>
    </message>
    <message>
        <source>Goal {number}</source>
        <translation>Objectif {number}</translation>
    </message>
    <message>
        <source>High</source>
        <comment>uncertainty</comment>
        <translation>élevée</translation>
    </message>
    <message>
        <source>Input form off</source>
        <translation>Saisie désactivée</translation>
    </message>
    <message>
        <source>Interrupt</source>
        <translation>Interrompre</translation>
    </message>
    <message>
        <source>Interrupt this work? No file counts as uploaded here afterwards, not even the earlier one: upload one again.</source>
        <translation>Interrompre ce traitement&#x202f;? Aucun fichier ne comptera ensuite comme téléversé ici, pas même le précédent&#xa0;: téléversez-en un à nouveau.</translation>
    </message>
    <message>
        <source>Interrupt: {slot}</source>
        <translation>Interrompre&#xa0;: {slot}</translation>
    </message>
    <message>
        <source>Interrupt…</source>
        <translation>Interrompre…</translation>
    </message>
    <message>
        <source>Keep</source>
        <translation>Garder</translation>
    </message>
    <message>
        <source>Let it run</source>
        <translation>Laisser continuer</translation>
    </message>
    <message>
        <source>Low</source>
        <comment>uncertainty</comment>
        <translation>faible</translation>
    </message>
    <message>
        <source>Mandatory</source>
        <translation>Obligatoire</translation>
    </message>
    <message>
        <source>Medium</source>
        <comment>uncertainty</comment>
        <translation>moyenne</translation>
    </message>
    <message>
        <source>Modules</source>
        <translation>Modules</translation>
    </message>
    <message>
        <source>Needs recalculation</source>
        <translation>À recalculer</translation>
    </message>
    <message>
        <source>No threshold</source>
        <translation>Sans seuil</translation>
    </message>
    <message>
        <source>None</source>
        <comment>uncertainty</comment>
        <translation>aucune</translation>
    </message>
    <message>
        <source>Not known yet</source>
        <translation>Pas encore connu</translation>
    </message>
    <message>
        <source>Not saved yet</source>
        <translation>Pas encore enregistré</translation>
    </message>
    <message>
        <source>Nothing is missing</source>
        <translation>Rien ne manque</translation>
    </message>
    <message>
        <source>Reason</source>
        <translation>Raison</translation>
    </message>
    <message>
        <source>Reduction (%)</source>
        <translation>Réduction en&#x202f;%</translation>
    </message>
    <message>
        <source>Reduction goals</source>
        <translation>Objectifs chiffrés</translation>
    </message>
    <message>
        <source>Reference data are not kept per year: a new file takes effect in every year.</source>
        <translation>Les références ne sont pas propres à une année&#xa0;: un nouveau fichier agit sur toutes les années.</translation>
    </message>
    <message>
        <source>Reference year</source>
        <translation>Année de référence</translation>
    </message>
    <message>
        <source>Replace</source>
        <translation>Remplacer</translation>
    </message>
    <message numerus="yes">
        <source>Replace the %n row(s) that are here with “{name}”?</source>
        <translation>
            <numerusform>Remplacer la %n ligne présente par «&#xa0;{name}&#xa0;»&#x202f;?</numerusform>
            <numerusform>Remplacer les %n lignes présentes par «&#xa0;{name}&#xa0;»&#x202f;?</numerusform>
        </translation>
    </message>
    <message>
        <source>Replace the file: {slot}</source>
        <translation>Remplacer le fichier&#xa0;: {slot}</translation>
    </message>
    <message>
        <source>Replace what is here with “{name}”?</source>
        <translation>Remplacer le contenu actuel par «&#xa0;{name}&#xa0;»&#x202f;?</translation>
    </message>
    <message>
        <source>Replace…</source>
        <translation>Remplacer…</translation>
    </message>
    <message>
        <source>Revert</source>
        <translation>Rétablir</translation>
    </message>
    <message>
        <source>Row</source>
        <translation>Ligne</translation>
    </message>
    <message>
        <source>Row {number}: </source>
        <translation>Ligne {number}&#xa0;: </translation>
    </message>
    <message>
        <source>Rows that were left out: {slot}</source>
        <translation>Lignes écartées&#xa0;: {slot}</translation>
    </message>
    <message>
        <source>Save goals</source>
        <translation>Enregistrer</translation>
    </message>
    <message>
        <source>Shared by all years</source>
        <translation>Commun à toutes les années</translation>
    </message>
    <message>
        <source>Submodules without files of their own</source>
        <translation>Sous-modules sans fichiers propres</translation>
    </message>
    <message>
        <source>Target year</source>
        <translation>Année cible</translation>
    </message>
    <message>
        <source>That file is no longer where it was.</source>
        <translation>Ce fichier n’est plus à son emplacement.</translation>
    </message>
    <message>
        <source>That file is not on this computer. Save it here first, then drop it.</source>
        <translation>Ce fichier n’est pas sur cet ordinateur. Enregistrez-le d’abord ici, puis déposez-le.</translation>
    </message>
    <message>
        <source>That is a folder. Drop the CSV file itself.</source>
        <translation>C’est un dossier. Déposez le fichier CSV lui-même.</translation>
    </message>
    <message>
        <source>That is not a file. Drop a CSV file from your file manager.</source>
        <translation>Ce n’est pas un fichier. Déposez un fichier CSV depuis votre gestionnaire de fichiers.</translation>
    </message>
    <message>
        <source>The file was chosen for another year, so it was not sent. Choose it again.</source>
        <translation>Le fichier avait été choisi pour une autre année&#x202f;; il n’a donc pas été envoyé. Choisissez-le à nouveau.</translation>
    </message>
    <message>
        <source>The file was not sent: none can be taken here just now. The button says why.</source>
        <translation>Le fichier n’a pas été envoyé&#xa0;: rien ne peut être téléversé ici pour le moment. Le bouton dit pourquoi.</translation>
    </message>
    <message>
        <source>The goals on the server changed while you were typing. Your text is kept: “Save goals” shows you both before anything is replaced, “Revert” takes the new ones.</source>
        <translation>Les objectifs ont changé sur le serveur pendant votre saisie. Votre texte est conservé&#xa0;: «&#xa0;Enregistrer&#xa0;» vous montre les deux versions avant tout remplacement, «&#xa0;Rétablir&#xa0;» reprend les nouveaux.</translation>
    </message>
    <message>
        <source>They use the common files above.</source>
        <translation>Ils utilisent les fichiers communs ci-dessus.</translation>
    </message>
    <message>
        <source>This changes the references of every year.</source>
        <translation>Cela change les références de toutes les années.</translation>
    </message>
    <message>
        <source>Threshold {kilograms} ({tonnes})</source>
        <translation>Seuil {kilograms} ({tonnes})</translation>
    </message>
    <message>
        <source>Type the reduction as a number from 0 to 100, for example 29 or 12.5.</source>
        <translation>Saisissez la réduction comme un nombre de 0 à 100, par exemple 29 ou 12,5.</translation>
    </message>
    <message>
        <source>Type the year with digits only, for example 2030.</source>
        <translation>Saisissez l’année en chiffres uniquement, par exemple 2030.</translation>
    </message>
    <message>
        <source>Uncertainty: {level}</source>
        <translation>Incertitude&#xa0;: {level}</translation>
    </message>
    <message>
        <source>Upload a file: {slot}</source>
        <translation>Téléverser un fichier&#xa0;: {slot}</translation>
    </message>
    <message>
        <source>Upload…</source>
        <translation>Téléverser…</translation>
    </message>
    <message>
        <source>Warnings</source>
        <translation>Avertissements</translation>
    </message>
    <message>
        <source>{name}: {state}</source>
        <translation>{name}&#xa0;: {state}</translation>
    </message>
    <message>
        <source>{text}
Show where this is</source>
        <translation>{text}
Montrer où cela se trouve</translation>
    </message>
</context>
<context>
    <name>desktop.provisioning</name>
    <message>
        <source>&amp;Retry</source>
        <translation>&amp;Réessayer</translation>
    </message>
    <message>
        <source>Copy the server’s words</source>
        <translation>Copier le message du serveur</translation>
    </message>
    <message>
        <source>No progress has arrived {since}; the work itself goes on.</source>
        <translation>Aucun avancement reçu {since}&#x202f;; le traitement lui-même continue.</translation>
    </message>
    <message>
        <source>Progress arrives live</source>
        <translation>Avancement en direct</translation>
    </message>
    <message>
        <source>Starting…</source>
        <translation>Lancement…</translation>
    </message>
    <message>
        <source>The server says:</source>
        <translation>Message du serveur&#xa0;:</translation>
    </message>
    <message>
        <source>Try now</source>
        <translation>Essayer maintenant</translation>
    </message>
    <message>
        <source>Waiting for the first progress</source>
        <translation>En attente du premier avancement</translation>
    </message>
    <message>
        <source>ended here</source>
        <translation>arrêt ici</translation>
    </message>
</context>
<context>
    <name>desktop.questions</name>
    <message>
        <source>&amp;Close {year}</source>
        <translation>&amp;Fermer {year}</translation>
    </message>
    <message>
        <source>&amp;Open {year}</source>
        <translation>&amp;Ouvrir {year}</translation>
    </message>
    <message>
        <source>&amp;Quit</source>
        <translation>&amp;Quitter</translation>
    </message>
    <message>
        <source>&amp;Quit anyway</source>
        <translation>&amp;Quitter quand même</translation>
    </message>
    <message>
        <source>&amp;Switch</source>
        <translation>&amp;Changer</translation>
    </message>
    <message>
        <source>&amp;Switch anyway</source>
        <translation>&amp;Changer quand même</translation>
    </message>
    <message>
        <source>Close {year} to users again?</source>
        <translation>Refermer {year} aux utilisateurs&#x202f;?</translation>
    </message>
    <message>
        <source>Every user will then find {year} in the list of years and can enter data for it.</source>
        <translation>Tous les utilisateurs trouveront alors {year} dans la liste des années et pourront y saisir des données.</translation>
    </message>
    <message>
        <source>Open {year} to users?</source>
        <translation>Ouvrir {year} aux utilisateurs&#x202f;?</translation>
    </message>
    <message>
        <source>Quit the program?</source>
        <translation>Quitter le programme&#x202f;?</translation>
    </message>
    <message>
        <source>Switch to {server}?</source>
        <translation>Passer à {server}&#x202f;?</translation>
    </message>
    <message>
        <source>This is {server}. To confirm, type the year’s number:</source>
        <translation>Vous êtes sur {server}. Pour confirmer, tapez le numéro de l’année&#xa0;:</translation>
    </message>
    <message>
        <source>Users will no longer find {year} in their list of years. What they have entered is kept.</source>
        <translation>Les utilisateurs ne trouveront plus {year} dans leur liste d’années. Leurs saisies sont conservées.</translation>
    </message>
    <message>
        <source>Users will see: {years}</source>
        <translation>Les utilisateurs verront&#xa0;: {years}</translation>
    </message>
    <message>
        <source>Users will then see no year at all.</source>
        <translation>Les utilisateurs ne verront alors plus aucune année.</translation>
    </message>
    <message>
        <source>You may want to settle this first:</source>
        <translation>Peut-être à régler d’abord&#xa0;:</translation>
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
    <name>desktop.servers</name>
    <message>
        <source>&amp;Add server…</source>
        <translation>&amp;Ajouter un serveur…</translation>
    </message>
    <message>
        <source>&amp;Add…</source>
        <translation>&amp;Ajouter…</translation>
    </message>
    <message>
        <source>&amp;Close</source>
        <translation>&amp;Fermer</translation>
    </message>
    <message>
        <source>&amp;Edit this server…</source>
        <translation>&amp;Modifier ce serveur…</translation>
    </message>
    <message>
        <source>&amp;Edit…</source>
        <translation>&amp;Modifier…</translation>
    </message>
    <message>
        <source>&amp;Keep this server…</source>
        <translation>&amp;Conserver ce serveur…</translation>
    </message>
    <message>
        <source>&amp;Manage servers…</source>
        <translation>&amp;Gérer les serveurs…</translation>
    </message>
    <message>
        <source>&amp;Name</source>
        <translation>&amp;Nom</translation>
    </message>
    <message>
        <source>&amp;Remove</source>
        <translation>&amp;Retirer</translation>
    </message>
    <message>
        <source>&amp;Remove…</source>
        <translation>&amp;Retirer…</translation>
    </message>
    <message>
        <source>&amp;Save</source>
        <translation>&amp;Enregistrer</translation>
    </message>
    <message>
        <source>&amp;Save anyway</source>
        <translation>&amp;Enregistrer quand même</translation>
    </message>
    <message>
        <source>A&amp;ddress</source>
        <translation>A&amp;dresse</translation>
    </message>
    <message>
        <source>Add a server</source>
        <translation>Ajouter un serveur</translation>
    </message>
    <message>
        <source>Be &amp;careful there</source>
        <translation>&amp;Prudence sur ce serveur</translation>
    </message>
    <message>
        <source>C&amp;hoose…</source>
        <translation>C&amp;hoisir…</translation>
    </message>
    <message>
        <source>C&amp;olour</source>
        <translation>C&amp;ouleur</translation>
    </message>
    <message>
        <source>Cancel</source>
        <translation>Annuler</translation>
    </message>
    <message>
        <source>Careful: opening and closing a year asks for its number.</source>
        <translation>Prudence&#xa0;: pour ouvrir ou fermer une année, il faut taper son numéro.</translation>
    </message>
    <message>
        <source>Certi&amp;ficate file</source>
        <translation>&amp;Fichier de certificats</translation>
    </message>
    <message>
        <source>Certificate file</source>
        <translation>Fichier de certificats</translation>
    </message>
    <message>
        <source>Certificates (*.pem *.crt *.cer)</source>
        <translation>Certificats (*.pem *.crt *.cer)</translation>
    </message>
    <message>
        <source>Choose any colour</source>
        <translation>Choisir une couleur quelconque</translation>
    </message>
    <message>
        <source>Choose the authority’s certificate</source>
        <translation>Choisir le certificat de l’autorité</translation>
    </message>
    <message>
        <source>Colour of the server</source>
        <translation>Couleur du serveur</translation>
    </message>
    <message>
        <source>Edit {name}</source>
        <translation>Modifier {name}</translation>
    </message>
    <message>
        <source>For example Stage</source>
        <translation>Par exemple Préproduction</translation>
    </message>
    <message>
        <source>It usually ends in /api/v1.</source>
        <translation>Elle se termine en général par /api/v1.</translation>
    </message>
    <message>
        <source>Looking whether the server answers…</source>
        <translation>Vérification de la réponse du serveur…</translation>
    </message>
    <message>
        <source>Move &amp;down</source>
        <translation>&amp;Descendre</translation>
    </message>
    <message>
        <source>Move &amp;up</source>
        <translation>Mon&amp;ter</translation>
    </message>
    <message>
        <source>Nothing changes on the server itself. You can add it again later.</source>
        <translation>Rien ne change sur le serveur lui-même. Vous pourrez l’ajouter de nouveau plus tard.</translation>
    </message>
    <message>
        <source>Only where your institution issues its own</source>
        <translation>Seulement si votre institution émet les siens</translation>
    </message>
    <message>
        <source>Other…</source>
        <translation>Autre…</translation>
    </message>
    <message>
        <source>Remove {name} from the list?</source>
        <translation>Retirer {name} de la liste&#x202f;?</translation>
    </message>
    <message>
        <source>Server: {name}</source>
        <translation>Serveur&#xa0;: {name}</translation>
    </message>
    <message>
        <source>Servers</source>
        <translation>Serveurs</translation>
    </message>
    <message>
        <source>Switch server</source>
        <translation>Changer de serveur</translation>
    </message>
    <message>
        <source>Switch server (Ctrl+Shift+S)</source>
        <translation>Changer de serveur (Ctrl+Maj+S)</translation>
    </message>
    <message>
        <source>The server on this computer is always there.</source>
        <translation>Le serveur de cet ordinateur est toujours là.</translation>
    </message>
    <message>
        <source>The servers you work with, in the order in which the menu shows them.</source>
        <translation>Les serveurs avec lesquels vous travaillez, dans l’ordre du menu.</translation>
    </message>
    <message>
        <source>This computer</source>
        <translation>Cet ordinateur</translation>
    </message>
    <message>
        <source>You are working there: switch to another server to remove it.</source>
        <translation>Vous y travaillez&#xa0;: changez de serveur pour pouvoir le retirer.</translation>
    </message>
    <message>
        <source>careful</source>
        <translation>prudence</translation>
    </message>
    <message>
        <source>in use</source>
        <translation>utilisé actuellement</translation>
    </message>
</context>
<context>
    <name>desktop.signin</name>
    <message>
        <source>&amp;Begin again</source>
        <translation>&amp;Recommencer</translation>
    </message>
    <message>
        <source>&amp;Close</source>
        <translation>&amp;Fermer</translation>
    </message>
    <message>
        <source>&amp;Hide</source>
        <translation>&amp;Masquer</translation>
    </message>
    <message>
        <source>&amp;Sign in on this computer</source>
        <translation>S’&amp;identifier sur cet ordinateur</translation>
    </message>
    <message>
        <source>&amp;Use this session</source>
        <translation>&amp;Utiliser cette session</translation>
    </message>
    <message>
        <source>Address of this page</source>
        <translation>Adresse de cette page</translation>
    </message>
    <message>
        <source>As a test user of this demo server:</source>
        <translation>Comme utilisateur de test de ce serveur de démonstration&#xa0;:</translation>
    </message>
    <message>
        <source>Ask a&amp;gain</source>
        <translation>&amp;Redemander</translation>
    </message>
    <message>
        <source>Asking the server…</source>
        <translation>Demande au serveur…</translation>
    </message>
    <message>
        <source>Cancel</source>
        <translation>Annuler</translation>
    </message>
    <message>
        <source>Command that installs it</source>
        <translation>Commande qui l’installe</translation>
    </message>
    <message>
        <source>Cop&amp;y</source>
        <translation>Co&amp;pier</translation>
    </message>
    <message>
        <source>Encrypted: nobody on the way reads along</source>
        <translation>Chiffré&#xa0;: personne ne lit en chemin</translation>
    </message>
    <message>
        <source>More than a minute has passed; the server would no longer accept this. Begin again when you are ready.</source>
        <translation>Plus d’une minute a passé&#x202f;; le serveur n’accepterait plus cette identification. Recommencez quand vous êtes prêt.</translation>
    </message>
    <message>
        <source>On this computer, so not encrypted</source>
        <translation>Sur cet ordinateur, donc sans chiffrement</translation>
    </message>
    <message>
        <source>Paste the value of auth_token: one long word without spaces.</source>
        <translation>Collez la valeur de auth_token&#xa0;: un seul long mot sans espaces.</translation>
    </message>
    <message>
        <source>Renewal cookie (refresh_token)</source>
        <translation>Cookie de renouvellement (refresh_token)</translation>
    </message>
    <message>
        <source>Session cookie (auth_token)</source>
        <translation>Cookie de session (auth_token)</translation>
    </message>
    <message>
        <source>Sign &amp;out everywhere</source>
        <translation>Se &amp;déconnecter partout</translation>
    </message>
    <message>
        <source>Sign in through your &amp;institution</source>
        <translation>S’identifier par votre &amp;institution</translation>
    </message>
    <message>
        <source>Sign in through your institution</source>
        <translation>S’identifier par votre institution</translation>
    </message>
    <message>
        <source>Sign out everywhere?</source>
        <translation>Se déconnecter partout&#x202f;?</translation>
    </message>
    <message>
        <source>Signed out everywhere</source>
        <translation>Déconnecté partout</translation>
    </message>
    <message>
        <source>The page broke. Begin again.</source>
        <translation>La page s’est interrompue. Recommencez.</translation>
    </message>
    <message>
        <source>The page is being loaded</source>
        <translation>Chargement de la page</translation>
    </message>
    <message>
        <source>The page wanted to go to {words} without encryption. That was not done.</source>
        <translation>La page voulait aller vers {words} sans chiffrement. Cela n’a pas été fait.</translation>
    </message>
    <message>
        <source>The server can’t look up who you are or what you may do at the moment. Away from the office, it may be the VPN.</source>
        <translation>Le serveur ne peut pas vérifier pour l’instant qui vous êtes ni ce que vous pouvez faire. Hors du bureau, c’est peut-être le VPN.</translation>
    </message>
    <message>
        <source>The server did not get to know who you are: the sign-on was cancelled or refused.</source>
        <translation>Le serveur n’a pas appris qui vous êtes&#xa0;: l’identification a été annulée ou refusée.</translation>
    </message>
    <message>
        <source>The server waits one minute for you to come back from your institution’s page, and that minute was over. It has been begun again: most institutions remember you for the second time.</source>
        <translation>Le serveur attend une minute que vous reveniez de la page de votre institution, et cette minute était passée. L’identification a été recommencée&#xa0;: la plupart des institutions vous reconnaissent la seconde fois.</translation>
    </message>
    <message>
        <source>The sign-on page did not come. Check your network.</source>
        <translation>La page d’identification n’est pas arrivée. Vérifiez votre réseau.</translation>
    </message>
    <message>
        <source>Try a&amp;gain</source>
        <translation>&amp;Réessayer</translation>
    </message>
    <message>
        <source>Use a session &amp;cookie…</source>
        <translation>Utiliser un &amp;cookie de session…</translation>
    </message>
    <message>
        <source>You are signed on at your institution, but the server gave no session. Begin again.</source>
        <translation>Vous êtes identifié auprès de votre institution, mais le serveur n’a pas ouvert de session. Recommencez.</translation>
    </message>
    <message>
        <source>You are signed out of this server, and of every other server whose session is kept on this computer. Work that has begun on a server goes on there.</source>
        <translation>Vous êtes déconnecté de ce serveur et de tous ceux dont la session est conservée sur cet ordinateur. Les traitements déjà lancés sur un serveur y continuent.</translation>
    </message>
    <message>
        <source>Your institution’s sign-on page</source>
        <translation>Page d’identification de votre institution</translation>
    </message>
    <message>
        <source>without it the session can’t be renewed</source>
        <translation>sans lui, la session ne peut pas être renouvelée</translation>
    </message>
    <message>
        <source>{name} cookie</source>
        <translation>Cookie {name}</translation>
    </message>
    <message>
        <source>{words} could not prove its identity, so nothing was sent to it. Ask your IT support.</source>
        <translation>{words} n’a pas pu prouver son identité&#x202f;; rien ne lui a donc été envoyé. Demandez à votre support informatique.</translation>
    </message>
</context>
<context>
    <name>desktop.tables</name>
    <message>
        <source>Copy all rows</source>
        <translation>Copier toutes les lignes</translation>
    </message>
    <message>
        <source>Copy selected rows</source>
        <translation>Copier les lignes sélectionnées</translation>
    </message>
</context>
<context>
    <name>desktop.window</name>
    <message>
        <source>Messages</source>
        <translation>Messages</translation>
    </message>
    <message>
        <source>Quit</source>
        <translation>Quitter</translation>
    </message>
    <message>
        <source>Year</source>
        <translation>Année</translation>
    </message>
</context>
<context>
    <name>desktop.yearbar</name>
    <message numerus="yes">
        <source>%n warning(s)</source>
        <translation>
            <numerusform>%n avertissement</numerusform>
            <numerusform>%n avertissements</numerusform>
        </translation>
    </message>
    <message>
        <source>&amp;Activity…</source>
        <translation>&amp;Activité…</translation>
    </message>
    <message>
        <source>&amp;Close year again…</source>
        <translation>Re&amp;fermer l’année…</translation>
    </message>
    <message>
        <source>&amp;History…</source>
        <translation>&amp;Historique…</translation>
    </message>
    <message>
        <source>&amp;Open year for users</source>
        <translation>&amp;Ouvrir aux utilisateurs</translation>
    </message>
    <message>
        <source>&amp;Open year for users…</source>
        <translation>&amp;Ouvrir l’année aux utilisateurs…</translation>
    </message>
    <message>
        <source>&amp;Reload</source>
        <translation>&amp;Recharger</translation>
    </message>
    <message>
        <source>&amp;Year</source>
        <translation>&amp;Année</translation>
    </message>
    <message>
        <source>Go to the list of what is missing</source>
        <translation>Aller à la liste de ce qui manque</translation>
    </message>
    <message>
        <source>Let users see {year} and enter data</source>
        <translation>Permettre aux utilisateurs de voir {year} et d’y saisir des données</translation>
    </message>
    <message>
        <source>More for this year</source>
        <translation>Autres actions pour cette année</translation>
    </message>
    <message>
        <source>Open {year} for users</source>
        <translation>Ouvrir {year} aux utilisateurs</translation>
    </message>
    <message>
        <source>Opening…</source>
        <translation>Ouverture…</translation>
    </message>
    <message>
        <source>Other &amp;year…</source>
        <translation>&amp;Autre année…</translation>
    </message>
    <message>
        <source>Save &amp;diagnostics…</source>
        <translation>Enregistrer le &amp;diagnostic…</translation>
    </message>
</context>
<context>
    <name>desktop.years</name>
    <message>
        <source>Choose a year</source>
        <translation>Choisissez une année</translation>
    </message>
    <message>
        <source>Choose the reporting year to look at</source>
        <translation>Choisissez l’année de bilan à consulter</translation>
    </message>
    <message>
        <source>Other year…</source>
        <translation>Autre année…</translation>
    </message>
    <message>
        <source>Reporting year</source>
        <translation>Année de bilan</translation>
    </message>
</context>
<context>
    <name>words.activity</name>
    <message>
        <source>Answered</source>
        <translation>Réponse reçue</translation>
    </message>
    <message>
        <source>Change {year}</source>
        <translation>Modifier {year}</translation>
    </message>
    <message>
        <source>Changes and files</source>
        <translation>Modifications et fichiers</translation>
    </message>
    <message>
        <source>Create {year}</source>
        <translation>Créer {year}</translation>
    </message>
    <message>
        <source>Done</source>
        <translation>Terminé</translation>
    </message>
    <message>
        <source>Follow work {id}</source>
        <translation>Suivre le traitement {id}</translation>
    </message>
    <message>
        <source>Following work</source>
        <translation>Suivi des traitements</translation>
    </message>
    <message>
        <source>Interrupt work {id}</source>
        <translation>Interrompre le traitement {id}</translation>
    </message>
    <message>
        <source>Is the server there?</source>
        <translation>Le serveur répond-il&#x202f;?</translation>
    </message>
    <message>
        <source>Look at work {id}</source>
        <translation>Consulter le traitement {id}</translation>
    </message>
    <message>
        <source>Look for work under way</source>
        <translation>Chercher les traitements en cours</translation>
    </message>
    <message>
        <source>Looking whether the server is there</source>
        <translation>Vérification que le serveur répond</translation>
    </message>
    <message>
        <source>No answer</source>
        <translation>Pas de réponse</translation>
    </message>
    <message>
        <source>Not there</source>
        <translation>Introuvable</translation>
    </message>
    <message>
        <source>Read the list of years</source>
        <translation>Lire la liste des années</translation>
    </message>
    <message>
        <source>Read who changed what</source>
        <translation>Lire qui a modifié quoi</translation>
    </message>
    <message>
        <source>Read {year}</source>
        <translation>Lire {year}</translation>
    </message>
    <message>
        <source>Reading</source>
        <translation>Lecture</translation>
    </message>
    <message>
        <source>Refused</source>
        <translation>Refusé</translation>
    </message>
    <message>
        <source>Renew the session</source>
        <translation>Renouveler la session</translation>
    </message>
    <message>
        <source>Send a file</source>
        <translation>Envoyer un fichier</translation>
    </message>
    <message>
        <source>Sign in</source>
        <translation>S’identifier</translation>
    </message>
    <message>
        <source>Sign out</source>
        <translation>Se déconnecter</translation>
    </message>
    <message>
        <source>Signing in and out</source>
        <translation>Identification et déconnexion</translation>
    </message>
    <message>
        <source>Start setting up a year</source>
        <translation>Lancer la mise en place d’une année</translation>
    </message>
    <message>
        <source>Start the import of a file</source>
        <translation>Lancer l’importation d’un fichier</translation>
    </message>
    <message>
        <source>Who is signed in?</source>
        <translation>Qui est identifié&#x202f;?</translation>
    </message>
</context>
<context>
    <name>words.conflicts</name>
    <message>
        <source>Agree on which of the two is right; the other one can be entered again.</source>
        <translation>Convenez de la bonne version&#x202f;; l’autre peut être saisie à nouveau.</translation>
    </message>
    <message>
        <source>Enabled</source>
        <translation>Activé</translation>
    </message>
    <message>
        <source>Entry by users switched off</source>
        <translation>Saisie par les utilisateurs désactivée</translation>
    </message>
    <message>
        <source>In the same moment this was set: {changes}. Yours came last and counts.</source>
        <translation>Au même moment a été enregistré&#xa0;: {changes}. Votre version est arrivée en dernier et fait foi.</translation>
    </message>
    <message>
        <source>It was closed to users meanwhile, {by}. Nothing was sent a second time.</source>
        <translation>Elle a été fermée aux utilisateurs entre-temps, {by}. Rien n’a été envoyé une seconde fois.</translation>
    </message>
    <message>
        <source>It was opened to users meanwhile, {by}. Nothing was sent a second time.</source>
        <translation>Elle a été ouverte aux utilisateurs entre-temps, {by}. Rien n’a été envoyé une seconde fois.</translation>
    </message>
    <message>
        <source>More has changed in {year}</source>
        <translation>{year} a aussi changé par ailleurs</translation>
    </message>
    <message>
        <source>Now on the server</source>
        <translation>Maintenant sur le serveur</translation>
    </message>
    <message>
        <source>Open to users</source>
        <translation>Ouverte aux utilisateurs</translation>
    </message>
    <message>
        <source>Reduction goals</source>
        <translation>Objectifs de réduction</translation>
    </message>
    <message>
        <source>The goals of {year} were changed meanwhile</source>
        <translation>Les objectifs de {year} ont changé entre-temps</translation>
    </message>
    <message>
        <source>The same goals were saved meanwhile, {by}. Nothing was sent a second time.</source>
        <translation>Les mêmes objectifs ont été enregistrés entre-temps, {by}. Rien n’a été envoyé une seconde fois.</translation>
    </message>
    <message>
        <source>These goals of {year} are saved already</source>
        <translation>Ces objectifs de {year} sont déjà enregistrés</translation>
    </message>
    <message>
        <source>Threshold</source>
        <translation>Seuil</translation>
    </message>
    <message>
        <source>Uncertainty</source>
        <translation>Incertitude</translation>
    </message>
    <message>
        <source>While you saved, this was changed too: {changes}.</source>
        <translation>Pendant votre enregistrement, ceci a aussi changé&#xa0;: {changes}.</translation>
    </message>
    <message>
        <source>Year {year} is closed already</source>
        <translation>L’année {year} est déjà fermée</translation>
    </message>
    <message>
        <source>Year {year} is open already</source>
        <translation>L’année {year} est déjà ouverte</translation>
    </message>
    <message>
        <source>Year {year} was changed meanwhile</source>
        <translation>L’année {year} a été modifiée entre-temps</translation>
    </message>
    <message>
        <source>You saw</source>
        <translation>Vous aviez vu</translation>
    </message>
    <message>
        <source>You see the new state; what you saved is not affected.</source>
        <translation>Vous voyez le nouvel état&#x202f;; votre enregistrement n’est pas touché.</translation>
    </message>
    <message>
        <source>You want</source>
        <translation>Vous voulez</translation>
    </message>
    <message>
        <source>Your save replaced another one in {year}</source>
        <translation>Votre enregistrement en a remplacé un autre dans {year}</translation>
    </message>
    <message>
        <source>by a colleague</source>
        <translation>par un ou une collègue</translation>
    </message>
    <message>
        <source>by you in another window</source>
        <translation>par vous dans une autre fenêtre</translation>
    </message>
    <message>
        <source>by {name}</source>
        <translation>par {name}</translation>
    </message>
    <message>
        <source>by {target}: {percent} less than in {reference}</source>
        <translation>pour {target}&#xa0;: {percent} de moins qu’en {reference}</translation>
    </message>
    <message>
        <source>no</source>
        <translation>non</translation>
    </message>
    <message>
        <source>no goal</source>
        <translation>aucun objectif</translation>
    </message>
    <message>
        <source>nothing</source>
        <translation>rien</translation>
    </message>
    <message>
        <source>yes</source>
        <translation>oui</translation>
    </message>
    <message>
        <source>{field}: {value} ({by})</source>
        <translation>{field}&#xa0;: {value} ({by})</translation>
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
        <translation>Vous voyez l’état de {year} lu {at}.</translation>
    </message>
    <message>
        <source>signed in as {name}</source>
        <translation>identifié comme {name}</translation>
    </message>
    <message>
        <source>this computer</source>
        <translation>cet ordinateur</translation>
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
    <name>words.history</name>
    <message numerus="yes">
        <source>%n goal(s)</source>
        <translation>
            <numerusform>%n objectif</numerusform>
            <numerusform>%n objectifs</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n setting(s)</source>
        <translation>
            <numerusform>%n réglage</numerusform>
            <numerusform>%n réglages</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n upload(s)</source>
        <translation>
            <numerusform>%n téléversement</numerusform>
            <numerusform>%n téléversements</numerusform>
        </translation>
    </message>
    <message>
        <source>Cancelled</source>
        <comment>what became of a file</comment>
        <translation>Annulé</translation>
    </message>
    <message>
        <source>Closed to users</source>
        <translation>Fermée aux utilisateurs</translation>
    </message>
    <message>
        <source>Data from a connected system</source>
        <translation>Données d’un système connecté</translation>
    </message>
    <message>
        <source>Emissions need recalculation</source>
        <translation>Émissions à recalculer</translation>
    </message>
    <message>
        <source>Enabled</source>
        <translation>Activé</translation>
    </message>
    <message>
        <source>Failed</source>
        <comment>what became of a file</comment>
        <translation>Échec</translation>
    </message>
    <message>
        <source>File</source>
        <translation>Fichier</translation>
    </message>
    <message>
        <source>Goal for {target}, compared with {reference}</source>
        <translation>Objectif pour {target}, par rapport à {reference}</translation>
    </message>
    <message>
        <source>Goals</source>
        <translation>Objectifs</translation>
    </message>
    <message>
        <source>Imported</source>
        <comment>what became of a file</comment>
        <translation>Importé</translation>
    </message>
    <message>
        <source>Imported with warnings</source>
        <comment>what became of a file</comment>
        <translation>Importé avec avertissements</translation>
    </message>
    <message>
        <source>Imported, not recalculated</source>
        <comment>what became of a file</comment>
        <translation>Importé, pas recalculé</translation>
    </message>
    <message>
        <source>Incomplete</source>
        <translation>Incomplet</translation>
    </message>
    <message>
        <source>Inputs switched off</source>
        <translation>Saisie désactivée</translation>
    </message>
    <message>
        <source>Job number</source>
        <translation>Numéro du traitement</translation>
    </message>
    <message>
        <source>Missing</source>
        <translation>Manquant</translation>
    </message>
    <message>
        <source>Not accepted</source>
        <comment>what became of a file</comment>
        <translation>Refusé</translation>
    </message>
    <message>
        <source>Not known</source>
        <comment>what became of a file</comment>
        <translation>Inconnu</translation>
    </message>
    <message>
        <source>Nothing an operator sees</source>
        <translation>Rien de visible ici</translation>
    </message>
    <message>
        <source>Open to users</source>
        <translation>Ouverte aux utilisateurs</translation>
    </message>
    <message>
        <source>Opened to users</source>
        <translation>Ouverte aux utilisateurs</translation>
    </message>
    <message>
        <source>Progress</source>
        <translation>Avancement</translation>
    </message>
    <message>
        <source>Readiness</source>
        <translation>État de préparation</translation>
    </message>
    <message>
        <source>Reduction</source>
        <translation>Réduction</translation>
    </message>
    <message>
        <source>Reduction files</source>
        <translation>Fichiers de réduction</translation>
    </message>
    <message>
        <source>Result</source>
        <translation>Résultat</translation>
    </message>
    <message>
        <source>Rows left out</source>
        <translation>Lignes écartées</translation>
    </message>
    <message>
        <source>Rows read</source>
        <translation>Lignes lues</translation>
    </message>
    <message>
        <source>Set up</source>
        <translation>Mise en place</translation>
    </message>
    <message>
        <source>Set-up finished</source>
        <translation>Mise en place terminée</translation>
    </message>
    <message>
        <source>Set-up not finished</source>
        <translation>Mise en place non terminée</translation>
    </message>
    <message>
        <source>Settings</source>
        <translation>Réglages</translation>
    </message>
    <message>
        <source>The server’s message</source>
        <translation>Message du serveur</translation>
    </message>
    <message>
        <source>The year</source>
        <translation>L’année</translation>
    </message>
    <message>
        <source>Threshold</source>
        <translation>Seuil</translation>
    </message>
    <message>
        <source>Uncertainty</source>
        <translation>Incertitude</translation>
    </message>
    <message>
        <source>Under way when last seen</source>
        <comment>what became of a file</comment>
        <translation>En cours à la dernière lecture</translation>
    </message>
    <message>
        <source>Uploaded on</source>
        <translation>Téléversé le</translation>
    </message>
    <message>
        <source>Uploads</source>
        <translation>Téléversements</translation>
    </message>
    <message>
        <source>What is missing</source>
        <translation>Ce qui manque</translation>
    </message>
    <message>
        <source>Year</source>
        <translation>Année</translation>
    </message>
    <message>
        <source>ended</source>
        <comment>state of a job</comment>
        <translation>terminé</translation>
    </message>
    <message>
        <source>factors</source>
        <translation>facteurs</translation>
    </message>
    <message>
        <source>failed</source>
        <comment>result of a job</comment>
        <translation>échec</translation>
    </message>
    <message>
        <source>high</source>
        <comment>uncertainty</comment>
        <translation>élevée</translation>
    </message>
    <message>
        <source>imported</source>
        <comment>result of a job</comment>
        <translation>importé</translation>
    </message>
    <message>
        <source>imported with warnings</source>
        <comment>result of a job</comment>
        <translation>importé avec avertissements</translation>
    </message>
    <message>
        <source>low</source>
        <comment>uncertainty</comment>
        <translation>faible</translation>
    </message>
    <message>
        <source>medium</source>
        <comment>uncertainty</comment>
        <translation>moyenne</translation>
    </message>
    <message>
        <source>no</source>
        <translation>non</translation>
    </message>
    <message>
        <source>none</source>
        <comment>uncertainty</comment>
        <translation>aucune</translation>
    </message>
    <message>
        <source>not known</source>
        <translation>inconnu</translation>
    </message>
    <message>
        <source>references</source>
        <translation>références</translation>
    </message>
    <message>
        <source>under way</source>
        <comment>state of a job</comment>
        <translation>en cours</translation>
    </message>
    <message>
        <source>waiting</source>
        <comment>state of a job</comment>
        <translation>en attente</translation>
    </message>
    <message>
        <source>yes</source>
        <translation>oui</translation>
    </message>
    <message>
        <source>{date}, {first} – {last}</source>
        <translation>{date}, {first} – {last}</translation>
    </message>
    <message>
        <source>{date}, {time}</source>
        <translation>{date} à {time}</translation>
    </message>
    <message>
        <source>{place}, {fact}: {new} (new)</source>
        <translation>{place}, {fact}&#xa0;: {new} (nouveau)</translation>
    </message>
    <message>
        <source>{place}, {fact}: {old} (no longer there)</source>
        <translation>{place}, {fact}&#xa0;: {old} (supprimé)</translation>
    </message>
    <message>
        <source>{place}, {fact}: {old} → {new}</source>
        <translation>{place}, {fact}&#xa0;: {old} → {new}</translation>
    </message>
    <message>
        <source>{place}: {result}</source>
        <translation>{place}&#xa0;: {result}</translation>
    </message>
    <message>
        <source>{year} as it was from {first} to {last}</source>
        <translation>{year}, état de {first} à {last}</translation>
    </message>
    <message>
        <source>{year} as it was on {when}</source>
        <translation>{year}, état au {when}</translation>
    </message>
</context>
<context>
    <name>words.leaving</name>
    <message numerus="yes">
        <source>%n file(s) not sent completely yet will not reach the server.</source>
        <translation>
            <numerusform>%n fichier pas encore entièrement envoyé n’arrivera pas au serveur.</numerusform>
            <numerusform>%n fichiers pas encore entièrement envoyés n’arriveront pas au serveur.</numerusform>
        </translation>
    </message>
    <message>
        <source>Goes on by itself on the server:</source>
        <translation>Continue de soi-même sur le serveur&#xa0;:</translation>
    </message>
    <message>
        <source>May come about or not; the next start shows which:</source>
        <translation>Aboutira ou non&#x202f;; le prochain démarrage le montrera&#xa0;:</translation>
    </message>
    <message>
        <source>Nothing is lost: what is under way does not need this window.</source>
        <translation>Rien n’est perdu&#xa0;: ce qui est en cours n’a pas besoin de cette fenêtre.</translation>
    </message>
    <message>
        <source>Pauses with the built-in server, and goes on at the next start:</source>
        <translation>S’arrête avec le serveur intégré et reprend au prochain démarrage&#xa0;:</translation>
    </message>
    <message>
        <source>Something was sent whose answer has not arrived yet.</source>
        <translation>Quelque chose a été envoyé dont la réponse n’est pas encore arrivée.</translation>
    </message>
    <message>
        <source>Will not be sent:</source>
        <translation>Ne sera pas envoyé&#xa0;:</translation>
    </message>
    <message numerus="yes">
        <source>and %n more</source>
        <translation>
            <numerusform>et %n autre</numerusform>
            <numerusform>et %n autres</numerusform>
        </translation>
    </message>
    <message>
        <source>{year}: being closed to users</source>
        <translation>{year}&#xa0;: fermeture aux utilisateurs</translation>
    </message>
    <message>
        <source>{year}: being created</source>
        <translation>{year}&#xa0;: création</translation>
    </message>
    <message>
        <source>{year}: being opened to users</source>
        <translation>{year}&#xa0;: ouverture aux utilisateurs</translation>
    </message>
    <message>
        <source>{year}: reduction goals being saved</source>
        <translation>{year}&#xa0;: enregistrement des objectifs de réduction</translation>
    </message>
    <message>
        <source>{year}: set-up</source>
        <translation>{year}&#xa0;: mise en place</translation>
    </message>
    <message>
        <source>{year}: set-up being started again</source>
        <translation>{year}&#xa0;: relance de la mise en place</translation>
    </message>
    <message>
        <source>{year}: {file}, for {slot}</source>
        <translation>{year}&#xa0;: {file}, pour {slot}</translation>
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
        <source>It is being set up; its modules unlock by themselves when that is done.</source>
        <translation>Sa mise en place est en cours&#x202f;; ses modules se déverrouillent ensuite d’eux-mêmes.</translation>
    </message>
    <message>
        <source>It is no longer possible</source>
        <translation>Ce n’est plus possible</translation>
    </message>
    <message>
        <source>It was set aside and a new one begun. Nothing on the server is affected.</source>
        <translation>Elle a été mise de côté et une nouvelle a été commencée. Rien n’est touché sur le serveur.</translation>
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
        <source>Read the server’s words in the details, correct the file and upload it again.</source>
        <translation>Lisez le message du serveur dans les détails, corrigez le fichier et téléversez-le à nouveau.</translation>
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
        <source>Settle the reason and upload the file again.</source>
        <translation>Réglez la cause et téléversez le fichier à nouveau.</translation>
    </message>
    <message>
        <source>Somebody else created it. Nothing was created twice; you see the year as it is.</source>
        <translation>Quelqu’un d’autre l’a créée. Rien n’a été créé deux fois&#x202f;; vous voyez l’année telle qu’elle est.</translation>
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
        <source>The details of the file name them; correct them and upload it again.</source>
        <translation>Les détails du fichier les indiquent&#x202f;; corrigez-les et téléversez-le à nouveau.</translation>
    </message>
    <message>
        <source>The file</source>
        <translation>Le fichier</translation>
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
        <source>The year changed on the server since you looked, so nothing was sent.</source>
        <translation>L’année a changé sur le serveur depuis votre lecture&#x202f;; rien n’a donc été envoyé.</translation>
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
        <translation>Avec avertissements&#xa0;: {path}</translation>
    </message>
    <message>
        <source>Uploaded: {path}</source>
        <translation>Téléversé&#xa0;: {path}</translation>
    </message>
    <message>
        <source>Users now find it in their list of years.</source>
        <translation>Les utilisateurs la trouvent dans leur liste.</translation>
    </message>
    <message>
        <source>Warning</source>
        <comment>sign of a notice</comment>
        <translation>Avertissement</translation>
    </message>
    <message>
        <source>What users have entered is kept.</source>
        <translation>Les saisies des utilisateurs sont conservées.</translation>
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
        <translation>L’année {year} est refermée aux utilisateurs</translation>
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
        <translation>Vous pouvez téléverser ses fichiers.</translation>
    </message>
    <message>
        <source>You see its present state now; look at what is different and decide again.</source>
        <translation>Vous voyez maintenant son état actuel&#x202f;; regardez ce qui a changé et décidez à nouveau.</translation>
    </message>
    <message>
        <source>{file} could not be imported.</source>
        <translation>{file} n’a pas pu être importé.</translation>
    </message>
    <message>
        <source>{file} was imported, but a later step failed: emissions are not up to date.</source>
        <translation>{file} a été importé, mais une étape suivante a échoué&#xa0;: les émissions ne sont pas à jour.</translation>
    </message>
    <message>
        <source>{file} was imported.</source>
        <translation>{file} a été importé.</translation>
    </message>
    <message>
        <source>{file} was not accepted; no work began.</source>
        <translation>{file} n’a pas été accepté&#x202f;; aucun traitement n’a commencé.</translation>
    </message>
    <message>
        <source>{file} was sent, but it is not known whether the work began or how it ended.</source>
        <translation>{file} a été envoyé, mais on ne sait pas si le traitement a commencé ni comment il s’est terminé.</translation>
    </message>
    <message>
        <source>{file}: some rows were left out.</source>
        <translation>{file}&#xa0;: certaines lignes ont été écartées.</translation>
    </message>
    <message>
        <source>{file}: {facts}.</source>
        <translation>{file}&#xa0;: {facts}.</translation>
    </message>
    <message numerus="yes">
        <source>{rows}, %n left out</source>
        <translation>
            <numerusform>{rows}, %n écartée</numerusform>
            <numerusform>{rows}, %n écartées</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>words.problems</name>
    <message>
        <source>A reduction goal is incomplete or out of range, so nothing was saved.</source>
        <translation>Un objectif de réduction est incomplet ou hors limites&#x202f;; rien n’a donc été enregistré.</translation>
    </message>
    <message>
        <source>A sign-in is good for some hours only, and the time of yours is over.</source>
        <translation>Une identification ne vaut que quelques heures, et la vôtre est arrivée à son terme.</translation>
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
        <source>Choose another certificate file for this server, or leave it out.</source>
        <translation>Choisissez un autre fichier de certificats pour ce serveur, ou n’en indiquez pas.</translation>
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
        <source>If your institution issues its own certificates, add its authority’s file to this server’s profile; otherwise do not go on, and ask your IT support.</source>
        <translation>Si votre institution émet ses propres certificats, ajoutez le fichier de son autorité au profil de ce serveur&#x202f;; sinon, ne continuez pas et demandez à votre support informatique.</translation>
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
        <source>Its certificate is not one this computer trusts, so nothing was sent to it.</source>
        <translation>Son certificat n’est pas reconnu par cet ordinateur&#x202f;; rien ne lui a donc été envoyé.</translation>
    </message>
    <message>
        <source>Its time was not over, but the server no longer accepts it: an administrator may have ended it, or your account has changed.</source>
        <translation>Elle n’était pas arrivée à son terme, mais le serveur ne l’accepte plus&#xa0;: un administrateur y a peut-être mis fin, ou votre compte a changé.</translation>
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
        <source>Sign in again; if that fails, ask a back-office administrator.</source>
        <translation>Identifiez-vous à nouveau&#x202f;; si cela échoue, demandez à un administrateur du back-office.</translation>
    </message>
    <message>
        <source>Sign in again; nothing you see or have typed is lost by it.</source>
        <translation>Identifiez-vous à nouveau&#x202f;; rien de ce que vous voyez ou avez saisi n’est perdu.</translation>
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
        <source>The certificate file “{subject}” can’t be read, so nothing was sent.</source>
        <translation>Le fichier de certificats «&#xa0;{subject}&#xa0;» ne peut pas être lu&#xa0;: rien n’a été envoyé.</translation>
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
        <source>The server could not prove its identity</source>
        <translation>Le serveur n’a pas pu prouver son identité</translation>
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
        <source>The server has ended your session</source>
        <translation>Le serveur a mis fin à votre session</translation>
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
        <source>The session may still be in the keyring</source>
        <translation>La session est peut-être encore dans le trousseau</translation>
    </message>
    <message>
        <source>This computer’s keyring could not be asked to delete it.</source>
        <translation>Le trousseau de cet ordinateur n’a pas pu être prié de la supprimer.</translation>
    </message>
    <message>
        <source>Unlock the keyring, then sign out everywhere once more.</source>
        <translation>Déverrouillez le trousseau, puis déconnectez-vous partout à nouveau.</translation>
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
        <source>Your session has run out</source>
        <translation>Votre session a expiré</translation>
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
        <translation>Pas de connexion au serveur. Un nouvel essai a lieu automatiquement&#x202f;; «&#xa0;Essayer maintenant&#xa0;» le fait aussitôt.</translation>
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
    <name>words.servers</name>
    <message>
        <source>A newer version of this program wrote the list of servers. It is left alone: changes are for this run only.</source>
        <translation>Une version plus récente du programme a écrit la liste des serveurs. Elle reste intacte&#xa0;: les changements ne valent que pour cette session.</translation>
    </message>
    <message>
        <source>Another server already has this name.</source>
        <translation>Un autre serveur porte déjà ce nom.</translation>
    </message>
    <message>
        <source>Blue</source>
        <translation>Bleu</translation>
    </message>
    <message>
        <source>Check the address; it usually ends in /api/v1.</source>
        <translation>Vérifiez l’adresse&#x202f;; elle se termine en général par /api/v1.</translation>
    </message>
    <message>
        <source>Check the spelling, your network and, away from the office, your VPN.</source>
        <translation>Vérifiez l’orthographe, votre réseau et, hors du bureau, votre VPN.</translation>
    </message>
    <message>
        <source>Choose a colour.</source>
        <translation>Choisissez une couleur.</translation>
    </message>
    <message>
        <source>Do not go on unless your IT support has told you why; nothing was sent to it.</source>
        <translation>Ne continuez que si votre support informatique vous en a dit la raison&#x202f;; rien ne lui a été envoyé.</translation>
    </message>
    <message>
        <source>Give the certificate file with its full path, or leave it out.</source>
        <translation>Indiquez le chemin complet du fichier de certificats, ou laissez le champ vide.</translation>
    </message>
    <message>
        <source>Give the server a name, such as Stage.</source>
        <translation>Donnez un nom au serveur, par exemple Préproduction.</translation>
    </message>
    <message>
        <source>Green</source>
        <translation>Vert</translation>
    </message>
    <message>
        <source>Grey</source>
        <translation>Gris</translation>
    </message>
    <message>
        <source>It offers no sign-in that this program knows.</source>
        <translation>Il ne propose aucune identification connue de ce programme.</translation>
    </message>
    <message>
        <source>Its full address is {address}.</source>
        <translation>Son adresse complète est {address}.</translation>
    </message>
    <message>
        <source>Leave out the question mark or # and all that follows it.</source>
        <translation>Supprimez le point d’interrogation ou le # et tout ce qui suit.</translation>
    </message>
    <message>
        <source>Leave the user name and the password out of the address: you sign in later.</source>
        <translation>N’indiquez ni nom d’utilisateur ni mot de passe dans l’adresse&#xa0;: vous vous identifierez plus tard.</translation>
    </message>
    <message>
        <source>No server answers at this address.</source>
        <translation>Aucun serveur ne répond à cette adresse.</translation>
    </message>
    <message>
        <source>Nothing was sent. Choose another file, or leave it out.</source>
        <translation>Rien n’a été envoyé. Choisissez un autre fichier, ou laissez le champ vide.</translation>
    </message>
    <message>
        <source>Opening and closing a year then asks for the year’s number to be typed. Good for production.</source>
        <translation>Pour ouvrir ou fermer une année, il faudra alors taper son numéro. Recommandé en production.</translation>
    </message>
    <message>
        <source>Orange</source>
        <translation>Orangé</translation>
    </message>
    <message>
        <source>Own colour {colour}</source>
        <translation>Couleur personnelle {colour}</translation>
    </message>
    <message>
        <source>Pink</source>
        <translation>Rose</translation>
    </message>
    <message>
        <source>Purple</source>
        <translation>Violet</translation>
    </message>
    <message>
        <source>Red</source>
        <translation>Rouge</translation>
    </message>
    <message>
        <source>Something answers there, but it is not the calculator.</source>
        <translation>Quelque chose répond à cette adresse, mais ce n’est pas le calculateur.</translation>
    </message>
    <message>
        <source>Teal</source>
        <translation>Turquoise</translation>
    </message>
    <message>
        <source>The calculator answers (generation of May 2026).</source>
        <translation>Le calculateur répond (génération de mai 2026).</translation>
    </message>
    <message>
        <source>The calculator answers.</source>
        <translation>Le calculateur répond.</translation>
    </message>
    <message>
        <source>The certificate file “{name}” can’t be read, or holds no certificate.</source>
        <translation>Le fichier de certificats «&#xa0;{name}&#xa0;» ne peut pas être lu ou ne contient aucun certificat.</translation>
    </message>
    <message>
        <source>The certificates of your institution’s own authority, as a PEM file from your IT support. They are trusted for this server, besides those your system trusts.</source>
        <translation>Les certificats de l’autorité propre à votre institution&#xa0;: un fichier PEM de votre support informatique. Ils sont reconnus pour ce serveur, en plus de ceux que reconnaît votre système.</translation>
    </message>
    <message>
        <source>The list of servers can’t be read or written: changes are for this run only.</source>
        <translation>La liste des serveurs ne peut pas être lue ou écrite&#xa0;: les changements ne valent que pour cette session.</translation>
    </message>
    <message>
        <source>The list of servers was damaged. It was kept under another name, and a new one was begun.</source>
        <translation>La liste des serveurs était endommagée. Elle a été conservée sous un autre nom, et une nouvelle a été commencée.</translation>
    </message>
    <message>
        <source>The server could not prove its identity: its certificate is not trusted.</source>
        <translation>Le serveur n’a pas pu prouver son identité&#xa0;: son certificat n’est pas reconnu.</translation>
    </message>
    <message>
        <source>This computer</source>
        <translation>Cet ordinateur</translation>
    </message>
    <message>
        <source>This is not a complete address. It begins with https:// and names a server.</source>
        <translation>Cette adresse n’est pas complète. Elle commence par https:// et nomme un serveur.</translation>
    </message>
    <message>
        <source>Type the server’s address.</source>
        <translation>Saisissez l’adresse du serveur.</translation>
    </message>
    <message>
        <source>Use https://: with http:// everybody on the way could read along. Only a server on this computer may do without.</source>
        <translation>Utilisez https://&#xa0;: avec http://, n’importe qui sur le trajet pourrait lire. Seul un serveur de cet ordinateur peut s’en passer.</translation>
    </message>
    <message>
        <source>You can sign in through your institution, or as a test user.</source>
        <translation>Vous pouvez vous identifier par votre institution ou comme utilisateur de test.</translation>
    </message>
    <message>
        <source>You sign in as a test user: it is a demo server.</source>
        <translation>Vous vous identifiez comme utilisateur de test&#xa0;: c’est un serveur de démonstration.</translation>
    </message>
    <message>
        <source>You sign in through your institution.</source>
        <translation>Vous vous identifiez par votre institution.</translation>
    </message>
    <message>
        <source>started with this program</source>
        <translation>démarré avec ce programme</translation>
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
        <source>How it stands now is not known before the server answers; the work there may have gone on.</source>
        <translation>Son état actuel n’est pas connu avant la réponse du serveur&#x202f;; le traitement a pu y continuer.</translation>
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
        <source>Year {year} was being set up {at}</source>
        <translation>L’année {year} était en cours de mise en place {at}</translation>
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
    <message>
        <source>was running</source>
        <comment>state of a set-up phase</comment>
        <translation>était en cours</translation>
    </message>
</context>
<context>
    <name>words.signin</name>
    <message numerus="yes">
        <source>%n file(s) go on being sent once you are back.</source>
        <translation>
            <numerusform>%n fichier sera envoyé à votre retour.</numerusform>
            <numerusform>%n fichiers seront envoyés à votre retour.</numerusform>
        </translation>
    </message>
    <message>
        <source>--role is one of: {roles}</source>
        <translation>--role est l’un de&#xa0;: {roles}</translation>
    </message>
    <message>
        <source>Asking the server which ways in it offers…</source>
        <translation>Demande au serveur des identifications qu’il propose…</translation>
    </message>
    <message>
        <source>For support cases. Sign in to the calculator in your browser, open its developer tools (F12), look under Storage or Application for the cookies of the calculator, and copy the values of auth_token and refresh_token. Whoever holds them is you to the server: give them to nobody. You may also paste the whole Cookie line into the first field.</source>
        <translation>Pour les cas de support. Identifiez-vous au calculateur dans votre navigateur, ouvrez ses outils de développement (F12), cherchez sous Stockage ou Application les cookies du calculateur, et copiez les valeurs de auth_token et refresh_token. Pour le serveur, qui les possède est vous&#xa0;: ne les donnez à personne. Vous pouvez aussi coller toute la ligne Cookie dans le premier champ.</translation>
    </message>
    <message>
        <source>Name the server with --server or --profile; the built-in one needs no session to be kept.</source>
        <translation>Nommez le serveur avec --server ou --profile&#x202f;; le serveur intégré n’a besoin d’aucune session conservée.</translation>
    </message>
    <message>
        <source>No auth_token was found on the standard input. Give the Cookie line of your browser, or auth_token=… and refresh_token=… on a line each.</source>
        <translation>Aucun auth_token trouvé sur l’entrée standard. Donnez la ligne Cookie de votre navigateur, ou auth_token=… et refresh_token=… sur une ligne chacun.</translation>
    </message>
    <message>
        <source>No session was kept on this computer.</source>
        <translation>Aucune session n’était conservée sur cet ordinateur.</translation>
    </message>
    <message>
        <source>Paste the Cookie line (it is not shown):</source>
        <translation>Collez la ligne Cookie (elle n’est pas affichée)&#xa0;:</translation>
    </message>
    <message>
        <source>Say how to sign in: --role on a demo server, or --cookie-stdin with a session copied from a browser. Through your institution you sign in in the window; the session it keeps is used here, too.</source>
        <translation>Dites comment vous identifier&#xa0;: --role sur un serveur de démonstration, ou --cookie-stdin avec une session copiée d’un navigateur. Par votre institution, on s’identifie dans la fenêtre&#x202f;; la session qu’elle conserve sert aussi ici.</translation>
    </message>
    <message>
        <source>Sign in</source>
        <translation>S’identifier</translation>
    </message>
    <message>
        <source>Sign in to {server}</source>
        <translation>S’identifier à {server}</translation>
    </message>
    <message>
        <source>Signed in as {name}, who has no role on this server and may do nothing there.</source>
        <translation>Identifié comme {name}, qui n’a aucun rôle sur ce serveur et n’y peut rien faire.</translation>
    </message>
    <message>
        <source>Started as the computer’s administrator (root), this program shows no web page: it could not be fenced in. Start it as yourself, or sign in with a session cookie from your browser.</source>
        <translation>Lancé comme administrateur de l’ordinateur (root), ce programme n’affiche aucune page web&#xa0;: elle ne pourrait pas être isolée. Lancez-le sous votre propre compte, ou identifiez-vous avec un cookie de session de votre navigateur.</translation>
    </message>
    <message>
        <source>The keyring does not answer: look for its question on the screen.</source>
        <translation>Le trousseau ne répond pas&#xa0;: cherchez sa question à l’écran.</translation>
    </message>
    <message>
        <source>The keyring failed: log in to this computer again.</source>
        <translation>Le trousseau a échoué&#xa0;: rouvrez votre session sur cet ordinateur.</translation>
    </message>
    <message>
        <source>The keyring is locked: unlock it, then sign in again.</source>
        <translation>Le trousseau est verrouillé&#xa0;: déverrouillez-le, puis identifiez-vous à nouveau.</translation>
    </message>
    <message>
        <source>The part that shows your institution’s sign-on page is installed but does not start on this computer. Sign in with a session cookie from your browser instead.</source>
        <translation>Le composant qui affiche la page d’identification de votre institution est installé mais ne démarre pas sur cet ordinateur. Identifiez-vous plutôt avec un cookie de session de votre navigateur.</translation>
    </message>
    <message>
        <source>The server could not be asked which ways in it offers. {why}</source>
        <translation>Le serveur n’a pas pu dire quelles identifications il propose. {why}</translation>
    </message>
    <message>
        <source>The server does not accept this session: it has run out, was cut while being copied, or belongs to another server.</source>
        <translation>Le serveur n’accepte pas cette session&#xa0;: elle a expiré, a été tronquée à la copie, ou appartient à un autre serveur.</translation>
    </message>
    <message>
        <source>The server keeps no list of sessions: a copy of one taken before stays good until it runs out by itself, a day at the latest as the server is usually set up.</source>
        <translation>Le serveur ne tient pas de liste des sessions&#xa0;: une copie prise auparavant reste valable jusqu’à son expiration, au plus tard un jour après selon le réglage habituel du serveur.</translation>
    </message>
    <message>
        <source>The server offers no way in that this program knows, but a session cookie.</source>
        <translation>Le serveur ne propose aucune identification connue de ce programme, hormis un cookie de session.</translation>
    </message>
    <message>
        <source>The server wants to know who you are.</source>
        <translation>Le serveur doit savoir qui vous êtes.</translation>
    </message>
    <message>
        <source>The session could not be kept for the next command. {why}</source>
        <translation>La session n’a pas pu être conservée pour la commande suivante. {why}</translation>
    </message>
    <message>
        <source>This computer has no keyring: install GNOME Keyring or KWallet.</source>
        <translation>Cet ordinateur n’a pas de trousseau&#xa0;: installez GNOME Keyring ou KWallet.</translation>
    </message>
    <message>
        <source>This computer’s keyring would keep it readable for everybody.</source>
        <translation>Le trousseau de cet ordinateur la garderait lisible par tous.</translation>
    </message>
    <message>
        <source>This server takes no test users.</source>
        <translation>Ce serveur n’accepte pas d’utilisateurs de test.</translation>
    </message>
    <message>
        <source>What is known stays on the screen, and what you have typed stays typed.</source>
        <translation>Ce qui est connu reste à l’écran, et vos saisies sont conservées.</translation>
    </message>
    <message>
        <source>You stay signed in until you quit: the keyring does not answer. Look for its question behind other windows, then try again.</source>
        <translation>Vous restez identifié jusqu’à la fermeture&#xa0;: le trousseau ne répond pas. Cherchez sa question derrière d’autres fenêtres, puis réessayez.</translation>
    </message>
    <message>
        <source>You stay signed in until you quit: the keyring failed. Log in to this computer again, then try again.</source>
        <translation>Vous restez identifié jusqu’à la fermeture&#xa0;: le trousseau a échoué. Rouvrez votre session sur cet ordinateur, puis réessayez.</translation>
    </message>
    <message>
        <source>You stay signed in until you quit: the keyring is locked. Unlock it, then try again.</source>
        <translation>Vous restez identifié jusqu’à la fermeture&#xa0;: le trousseau est verrouillé. Déverrouillez-le, puis réessayez.</translation>
    </message>
    <message>
        <source>You stay signed in until you quit: this computer has no keyring to keep the session in. Install one (GNOME Keyring or KWallet), then try again.</source>
        <translation>Vous restez identifié jusqu’à la fermeture&#xa0;: cet ordinateur n’a pas de trousseau où conserver la session. Installez-en un (GNOME Keyring ou KWallet), puis réessayez.</translation>
    </message>
    <message>
        <source>You stay signed in until you quit: this computer’s keyring would keep the session readable for everybody. Set up a protected one, then try again.</source>
        <translation>Vous restez identifié jusqu’à la fermeture&#xa0;: le trousseau de cet ordinateur garderait la session lisible par tous. Mettez-en un protégé en place, puis réessayez.</translation>
    </message>
    <message>
        <source>Your institution’s sign-on page needs a part of this program that is not installed. Install it with the command below and start the program again; or sign in with a session cookie from your browser.</source>
        <translation>La page d’identification de votre institution demande un composant qui n’est pas installé. Installez-le avec la commande ci-dessous et relancez le programme&#x202f;; ou identifiez-vous avec un cookie de session de votre navigateur.</translation>
    </message>
    <message>
        <source>{server}: forgotten here; the server could not be told ({why}).</source>
        <translation>{server}&#xa0;: oublié ici&#x202f;; le serveur n’a pas pu être averti ({why}).</translation>
    </message>
    <message>
        <source>{server}: signed out and forgotten.</source>
        <translation>{server}&#xa0;: déconnecté et oublié.</translation>
    </message>
    <message>
        <source>{server}: the keyring could not be asked and may still hold a session.</source>
        <translation>{server}&#xa0;: le trousseau n’a pas répondu et contient peut-être encore une session.</translation>
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
        <source>Waiting until you are signed in</source>
        <translation>En attente de votre identification</translation>
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
        <source>this person is in the unit already ({code})</source>
        <translation>cette personne figure déjà dans l’unité ({code})</translation>
    </message>
    <message>
        <source>{file} · {when}</source>
        <translation>{file} · {when}</translation>
    </message>
    <message numerus="yes">
        <source>{rows}, %n left out</source>
        <translation>
            <numerusform>{rows}, %n écartée</numerusform>
            <numerusform>{rows}, %n écartées</numerusform>
        </translation>
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
    <message>
        <source>was being set up</source>
        <translation>était en cours de mise en place</translation>
    </message>
</context>
</TS>
