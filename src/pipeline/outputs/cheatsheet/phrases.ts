/**
 * Phrases that show what a slide or a text is for, in the languages of the courses that were evaluated: English, German,
 * French, Spanish, Italian, Portuguese and Dutch.
 */
const phrases = (...words: readonly string[]): RegExp =>
  new RegExp(`(?<![\\p{L}\\p{N}])(?:${words.join('|')})(?![\\p{L}\\p{N}])`, 'iu');

/** The same for words that count only if they are the whole heading: “Dates”, but not “Dates in SQL”. */
const headings = (anywhere: readonly string[], alone: readonly string[]): RegExp =>
  new RegExp(
    `${phrases(...anywhere).source}|^[^\\p{L}\\p{N}]*(?:(?:the|our|my|your|some|die|der|das|les?|la|des|los|las|il|i)\\s+)?(?:${alone.join('|')})(?:\\s*\\d+)?\\s*(?:[:–—-].*)?[^\\p{L}\\p{N}]*$`,
    'iu',
  );

/** Titles that authors give to their own cheatsheet. */
export const OWN_CHEATSHEET = phrases(
  'cheat[\\s-]*sheets?|quick\\s*reference|reference\\s*(?:card|sheet)|refcard|crib\\s*sheet',
  'spickzettel|kurz(?:referenz|übersicht)|merkblatt|befehls(?:referenz|übersicht)',
  'aide[\\s-]?m[ée]moire|pense[\\s-]?b[êe]te|antis[èe]che',
  'chuleta|hoja\\s+de\\s+(?:referencia|trucos)|guía\\s+rápida',
  'foglietto|scheda\\s+di\\s+riferimento|guida\\s+rapida|cola\\s+rápida|guia\\s+rápido|spiekbriefje',
);

export const GETTING_STARTED = phrases(
  'getting\\s+started|quick\\s*start|first\\s+steps|erste\\s+schritte|premiers\\s+pas|primeros\\s+pasos|primi\\s+passi|primeiros\\s+passos|aan\\s+de\\s+slag',
);

export const SUMMARY = phrases(
  'summary|in\\s+a\\s+nutshell|in\\s+short|key\\s*(?:points?|takeaways?|ideas?)|take[\\s-]?aways?|wrap[\\s-]?up|to\\s+remember|what\\s+to\\s+remember|conclusions?|tl;?dr',
  'zusammenfassung|zusammengefasst|merke|kernpunkte|fazit|das\\s+wichtigste',
  "résumé|récapitulatif|à\\s+retenir|en\\s+résumé|en\\s+bref|synthèse|l’essentiel|l'essentiel",
  'resumen|en\\s+resumen|para\\s+recordar|lo\\s+esencial|puntos\\s+clave',
  'riassunto|in\\s+sintesi|riepilogo|da\\s+ricordare|resumo|samenvatting|onthouden',
);

export const EXERCISE = headings(
  [
    'exercises?|your\\s+turn|try\\s+(?:it|this)\\s+(?:out|yourself)|hands[\\s-]?on|challenges?|warm[\\s-]?up',
    'übung(?:en)?|übungsaufgaben?|jetzt\\s+du',
    'exercices?|à\\s+vous\\s+de\\s+jouer|travaux\\s+pratiques|ejercicios?|ahora\\s+tú',
    'esercizi[o]?|tocca\\s+a\\s+voi|exercícios?|oefening(?:en)?',
  ],
  [
    'try\\s+(?:it|this)|assignments?|tasks?|labs?|practice|practical|activity|activities|source\\s+work|discuss(?:ion)?(?:\\s+in\\s+\\w+)?|think\\s+about\\s+it|problems?|drills?',
    'aufgaben?|ausprobieren|à\\s+vous|travaux|TP|TD|prácticas?|opdracht(?:en)?|attività',
  ],
);

export const SOLUTION = headings(
  [
    '(?:possible|sample|one|our)\\s+solutions?|(?:solutions?|answers?)\\s+(?:of|to|for|below)',
    'musterlösung(?:en)?|corrigés?|solución\\s+del|lösung(?:en)?',
  ],
  [
    'solutions?|answers?|correction|soluci(?:ón|ones)|soluzion[ei]|soluç(?:ão|ões)|oplossing(?:en)?|réponses?|respuestas?',
  ],
);

/** Comments in the first line of a listing about the listing. */
export const SOLUTION_FIRST =
  /^[^\p{L}\p{N}]*(?:possible |sample )?(?:solution|lösung|corrigé|solución|soluzione)(?!\p{L})/iu;

export const QUIZ = headings(
  [
    'quiz|quizz|hands\\s+up|true\\s+or\\s+false|quick\\s+(?:question|check)|kahoot|mentimeter|umfrage|quizfrage|sondage|encuesta|sondaggio|enquete',
  ],
  [
    'polls?|vote|questions?|guess|survey|feedback|rätsel|frage|devinette|pregunta|domanda|how\\s+do\\s+you\\s+feel.*|abstimmung',
  ],
);

/** Statements about the course, not about its subject. */
export const ORGANISATION = headings(
  [
    "agenda|timetable|deadlines?|homework|grading|office\\s+hours|house\\s+rules|learning\\s+(?:goals|objectives)|announcements?|syllabus|(?:this|next|last)\\s+(?:week|time|lecture|session)|for\\s+(?:next|tuesday|monday|wednesday|thursday|friday)|what\\s+(?:we|you)(?:\\s+will|’ll|'ll)",
    'tagesordnung|hausaufgaben?|lernziele|organisatorisches|benotung|nächste\\s+woche',
    'plan\\s+du\\s+cours|au\\s+programme|devoirs|prochaine\\s+fois|próxima\\s+(?:semana|clase)|deberes|compiti|huiswerk',
  ],
  [
    'outline|overview|toc|schedule|dates|today|next\\s+steps|contents?|table\\s+of\\s+contents|roadmap|logistics|prerequisites|objectives|goals|program(?:me)?|topics|course\\s+\\w+|what.s\\s+next',
    'ablauf|übersicht|inhalt|gliederung|termine|heute|themen|ziele',
    'plan|sommaire|objectifs|calendrier|índice|tareas?|calendario|objetivos|contenidos?|agenda|temario',
    'indice|programma|obiettivi|sumário|inhoud|planning',
    '(?:our\\s+)?(?:\\w+’?s?\\s+){0,2}habits',
  ],
);

export const PEOPLE = headings(
  [
    'about\\s+(?:me|us|the\\s+(?:author|speaker))|who\\s+(?:we\\s+are|am\\s+i|i\\s+am|are\\s+you)|get\\s+in\\s+touch|what\\s+our\\s+customers|über\\s+(?:mich|uns)|vorstellungsrunde|qui\\s+suis-je|quién(?:es)?\\s+som?os|quién\\s+soy|chi\\s+(?:siamo|sono)|quem\\s+sou|over\\s+mij',
  ],
  [
    'contacts?|team|company|office|customers|vorstellung|kontakt|à\\s+propos|contatti|contacto|whoami|hello|welcome',
  ],
);

export const ENDING = headings(
  [
    'thank\\s+you|thanks\\s+for|any\\s+questions|q\\s*&\\s*a|have\\s+fun|good\\s+luck|see\\s+you|merci\\s+(?:de|pour)|vielen\\s+dank|danke\\s+für|muchas\\s+gracias',
  ],
  [
    'thanks?|questions?|bye|goodbye|(?:the\\s+)?end|fin|ende|danke|fragen|merci|des\\s+questions|gracias|preguntas|grazie|domande|obrigad[oa]|bedankt|vragen',
  ],
);

export const STORY = headings(
  [
    "a\\s+(?:\\w+\\s+)?story|(?:short|brief|bit\\s+of)\\s+history|fun\\s+facts?|jokes?|anecdotes?|memes?|famous|war\\s+stor(?:y|ies)|once\\s+upon|hype|philosophy|eine\\s+geschichte|un\\s+peu\\s+d[’']histoire|un\\s+poco\\s+de\\s+historia|un\\s+po[’']\\s+di\\s+storia|how\\s+i\\s+(?:learned|learnt)",
  ],
  [
    'stor(?:y|ies)|history|quotes?|voices|lies|ethics|geschichte|zitat|histoire|citation|historia|storia|história|geschiedenis|anécdota|aneddoto',
  ],
);

export const MOTIVATION = headings(
  [
    'why|motivation|use\\s+cases?|typical\\s+uses|benefits|advantages|warum|wozu|pourquoi|intérêt|por\\s*qué|para\\s+qué|perché|por\\s+que|waarom',
  ],
  ['introduction|background|what\\s+is\\s+.*|einführung|einleitung|introducción|introduzione|inleiding'],
);

export const READING = headings(
  [
    'further\\s+reading|where\\s+to\\s+read|read\\s+more|more\\s+information|learn\\s+more|additional\\s+resources|bibliography|acknowledge?ments|image\\s+credits|weiterlesen|weiterführend\\w*|pour\\s+aller\\s+plus\\s+loin|literaturverzeichnis',
  ],
  [
    'resources|(?:useful\\s+)?links|sources|literature|credits|books|literatur|quellen|ressources|bibliographie|recursos|bibliografía|fuentes|risorse|bibliografia|fontes?|bronnen',
  ],
);

/** Further reading, or a term of programming. */
export const REFERENCES =
  /^[^\p{L}]*(?:references?|références?|referencias?|referenzen|riferimenti)[^\p{L}]*$/iu;

/** Output of programs, which nobody types. */
export const OUTPUT = phrases(
  'outputs?|results?|what\\s+(?:came\\s+out|it\\s+prints|happens|goes\\s+wrong|you\\s+see)|looks?\\s+like|responses?|the\\s+answer|prints|error\\s+message|log\\s+of',
  'ausgabe|ergebnis(?:se)?|so\\s+sieht|sortie|résultats?|salida|resultados?|risultat[oi]|saída|uitvoer',
);

export const EXAMPLE = phrases(
  'our\\s+\\p{L}+|examples?|e\\.g\\.|for\\s+instance|case\\s+study|demo|live\\s+coding|beispiele?|exemples?|ejemplos?|esemp[io]+|exemplos?|voorbeeld(?:en)?|our\\s+(?:data|tables?|list|results|sample)|nuestr[ao]s?|unsere?|notre|nos',
);

export const DERIVATION = phrases(
  'proofs?|prove|deriv(?:e|ing|ation)s?|beweis|herleitung|preuve|démonstration|demostración|derivación|dimostrazione|prova|bewijs|afleiding',
);

/** Headers of tables in which people look something up by the first column. */
export const LOOKUP_HEAD = phrases(
  'commands?|meaning|means|description|does|what\\s+it\\s+does|operators?|functions?|types?|options?|flags?|syntax|examples?|matches|pattern|methods?|path|property|properties|values?|default|when|used?|use\\s+for|good\\s+for|holds|rule|formula|derivative|letter|number|test|question|keys?|shortcut|variable|symbol|port|service|code|status|time|space|worst|average|best|yes|no|purpose|result|effect|equivalent',
  'befehl|bedeutung|zahl|ordner|inhalt|wirkung|beispiel|commande|signification|fonction|usage|exemple|couche|comando|significado|función|qué\\s+hace|ejemplo|significato|funzione|esempio',
);

/** Headers of tables with data for exercises, or with dates of the course. */
export const DATA_HEAD = phrases(
  'id|name|[a-z]+_id|owner|region|country|team|first\\s*name|surname|student|customer|age|born|city|salary|price|sales|height|weight|e-?mail|run|seconds|points|due|date|dates|deadline|when|time|week|day|room|speaker|session|who',
  'vorname|alter|stadt|datum|uhrzeit|punkte|nom|prénom|âge|ville|heure|points|nombre|edad|ciudad|ventas|mes|fecha|hora|nome|età|città|data|ora',
);

export const CALENDAR =
  /(?<!\p{L})(?:mon|tues|wednes|thurs|fri|satur|sun)days?(?!\p{L})|(?<!\p{L})(?:(?:january|february|march|april|june|july|august|september|october|november|december)|(?:januar|februar|märz|mai|juni|juli|oktober|dezember)|(?:janvier|février|mars|avril|juin|juillet|août|septembre|octobre|novembre|décembre)|(?:enero|febrero|marzo|abril|mayo|junio|julio|agosto|septiembre|octubre|noviembre|diciembre))(?!\p{L})|(?:^|\s)\d{1,2}[:.h]\d{2}(?!\d)(?:\s*(?:uhr|am|pm|[–-]|$|\s))|(?<!\p{L})(?:deadline|lunch|(?:week|session|part|day|lecture|lesson|module|semaine|woche|teil|semana)\s+\d+|until\s+(?:\d|next|the\s+\d)|bis\s+zum)(?!\p{L})/iu;

/** Speakers and people addressed in narrative texts. */
export const PERSON =
  /(?<![\p{L}'’])(?:I|I'm|I’m|we|us|our|my|me|let's|let’s|ich|wir|mein|uns|unser|je|j'ai|j’ai|nous|notre|nos|mon|yo|nosotros|nuestr[oa]|queremos|io|noi|nostro|eu|nós|ik|wij)(?![\p{L}'’])/u;

/** Opinions and quotations instead of facts. */
export const TELLING =
  /(?<!\p{L})(?:everybody|everyone|nobody|always|never|imagine|remember|once|years\s+ago|in\s+(?:1[5-9]|20)\d\d|love|hate|great|awesome|normal|happens?|people|company|companies|jeder|niemand|stell\s+dir|tout\s+le\s+monde|imaginez|en\s+(?:1[5-9]|20)\d\d|todos|nadie|immagina)(?!\p{L})/iu;

export const OUTPUT_LINE =
  /Traceback|^output\b|^[^\p{L}]{0,4}(?:\w+Error|Exception|error|fatal|warning|bad|unknown)\b[^:(]{0,20}:|\bException in thread\b|(?<!['"\d:-]|\d )\b\d{1,2}:\d{2}:\d{2}\b(?!['"\d:])|^On branch|\bicmp_seq=|^total \d|^[-d][rwx-]{9}\s|\bp-value =|[✓✗✔✘●]\s|\bpassed\b.*\(\d+\)|^Date:\s|<<<<<<<|^\+[-+]{3,}\+|\[\s*OK\s*\]|Successfully|^(?:## ?)?\[\d+\]\s+[-"\d]/mu;

/** Placeholders in exercises. */
export const GAP = /_{3,}|\bTODO\b|\bFIXME\b|\?{3}|your code|your turn|###+ |…{2,}/i;

/** Beginnings of remarks and opinions, which are not terms: “Note: …”, “Advantages: …”. */
export const REMARK =
  /^[^\p{L}]*(?:it\s+is\s+(?:worth|important)\s+(?:noting|to\s+note)|note|nb|n\.b\.|remember|question(?:\s*\d+)?|(?:dis)?advantages?|pros?|cons?|benefits|drawbacks|limitations|hinweis|merke|frage|vorteile?|nachteile?|remarque|rappel|avantages?|inconvénients?|nota|recuerda|pregunta|(?:des)?ventajas?|vantaggi|svantaggi|vantagens|desvantagens|voordelen|nadelen)(?!\p{L})/iu;

/** Commands in quotation marks, which others format as code. */
export const QUOTED_COMMAND =
  /(?<![\p{L}\p{N}])['‘"“`](?:[:./$%-]{1,2}[a-z][\w.-]{0,15}|[a-z][a-z0-9_.-]{0,15}(?: [-<[\w./:=@~*>\]]+){1,6})['’"”`](?![\p{L}\p{N}])/u;

/** Symbols in place of a bullet. */
export const EMOJI_FIRST = /^\p{Extended_Pictographic}/u;

/** Beginnings of tasks that are not also beginnings of rules: “Use `x` to” may be either. */
export const TASK =
  /^(?:hint:?|now,?|next,?|then,?)?\s*(?:create|write|make|build|implement|add|go\s+to|try|find|complete|fill|answer|discuss|calculate|compute|modify|draw|design|download|guess|practi[cs]e|raise|vote|turn\s+this|erstellt?|schreibt?|berechnet?|zeichnet?|suche|überlegt?|legt?|créez|écrivez|calculez|donnez|trouvez|ouvrez|rédigez|crea|escribe|calcula|busca|dibuja|scrivi|calcola|trova|disegna|escreva|crie|calcule|maak|schrijf|bereken|zoek)(?!\p{L})/iu;

/** Verbs that say what a thing is or does. */
export const VERB =
  /^(?:is|are|means?|allows?|lets?|provides?|ensures?|defines?|describes?|represents?|contains?|consists?|refers?|specif(?:y|ies)|returns?|creates?|stores?|holds?|uses?|makes?|can|ist|sind|heißt|heißen|bedeutet|bezeichnet|beschreibt|enthält|speichert|liefert|liest|erlaub(?:t|en)|ermöglich(?:t|en)|wird|werden|kann|können|est|sont|désigne|signifie|permet|permettent|contient|représente|retourne|es|son|significa|permite|permiten|contiene|representa|devuelve|è|sono|permette|rappresenta|é|são|betekent|zijn)$/iu;

/** Beginnings of sentences whose subject is their heading: “Displays the …”, “Used to …”, “Es un …”. */
export const PREDICATES = [
  /^[^\p{L}]*\p{Lu}\p{Ll}+s\s+(?:the|an?|you|all|each|any|one|data|whether|how|what|if|only|files?|changes?|both|multiple|several|or|and)\s/u,
  /^[^\p{L}]*(?:used\s+(?:to|for|by|when|as)|allows?|an?\s+(?:\p{L}+\s+){1,4}(?:that|which|of|for|to|used|where)|(?:es|est|ist|è|é)\s+(?:una?|une|um|uma|ein|eine|einer|der|die|das|les?|la|el|il|lo|tu|su))\s/iu,
  /^[^\p{L}]*(?:permet|permite|permette|retourne|affiche|crée|définit|devuelve|muestra|define|obtiene|zeigt|erzeugt|erstellt|liefert|speichert|löscht|publiziert|holt|wechselt|fügt|mostra|restituisce)(?!\p{L})/iu,
] as const;

/** Headings that are themselves a command or a keyword of a language. */
export const COMMAND_HEADING =
  /^(?:[a-z][\w.-]*(?: [-<[\w./:=@~*>\]]+){0,2}|[\w.]+\(.*\)|(?:[A-Z_]{2,} ){1,3}[A-Z_]{2,}|[A-Z_]{5,})$/;

/** Beginnings of worked examples and stories. */
export const NARRATION =
  /^[^\p{L}]*(?:recall|consider|suppose|assume|imagine|let['’]?s|let\s+us|take\s+the|continue|say\s+we|for\s+example|for\s+instance|e\.g\.|if\s+(?:I|we)|I\s|rappel(?:ons|ez)|consid[ée]rons|supposons|prenons|imaginons|imaginez|par\s+exemple|betrachten\s+wir|nehmen\s+wir|angenommen|stellen\s+(?:wir|sie)|zum\s+beispiel|z\.\s?b\.|supongamos|consideremos|veamos|tomemos|por\s+ejemplo|ej(?:emplo)?[.:]|consideriamo|supponiamo|per\s+esempio|ad\s+esempio|vamos)(?!\p{L})/iu;

/** Beginnings of tasks: “Exercise 2.1”, “Question 3”, “Homework”. */
export const TASK_LABEL =
  /^[^\p{L}]*(?:exercises?|extensions?|homework|assignment|challenge|task|activity|question|starter|answer|übung|aufgabe|frage|antwort|hausaufgabe|exercice|question|réponse|devoir|ejercicio|pregunta|respuesta|tarea|esercizi[o]?|domanda|risposta|compito|exercício|opdracht|vraag)\s*(?:\d[\d.]*)?\s*$/iu;

/** Small words of sentences, which commands do not contain. */
export const FILLERS =
  /(?<!\S)(?:for|of|the|and|in|to|with|on|an?|de|des?|du|la|le|les|et|el|los|las|y|en|und|der|die|das|von|für|mit|di|il|e|o)(?!\S)/i;

/** Beginnings of sentences that say how to do something. */
export const HOW_TO =
  /^[^\p{L}'"‘“]*(?:the\s+command|la\s+commande|el\s+comando|der\s+befehl|to|use|using|with|run|type|enter|press|um|mit|benutze|verwende|pour|avec|utilisez|utiliser|para|con|usar|usa|use|ejecuta|per|usare|para|om|met|gebruik)(?!\p{L})/iu;

/** Diagrams in the language of Mermaid that could not be drawn. */
export const DRAWING_SOURCE =
  /^(?:---\s.*?---\s+)?(?:%%\{.*?\}%%\s*)?(?:flowchart|graph|gitGraph|sequenceDiagram|classDiagram|stateDiagram(?:-v2)?|erDiagram|gantt|mindmap|journey)(?:\s+(?:LR|RL|TB|TD|BT)\b|:?\s+[\w-]+\s)/;

export const ADDRESS = /^(?:https?:\/\/)?[\w-]+(?:\.[\w-]+)+\/\S*$/;

/** Words that sentences have, and programs do not. */
export const SMALL_WORDS =
  /(?<!\S)(?:is|are|was|were|be|the|of|has|have|ist|sind|wird|der|die|das|est|sont|les?|une?|es|son|los?|las?|è|sono|il|é|são|os?)(?!\S)/gi;
