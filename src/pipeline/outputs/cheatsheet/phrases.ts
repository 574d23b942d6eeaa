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
    'exercises?|your\\s+turn|try\\s+(?:it|this)\\s+(?:out|yourself)|hands[\\s-]?on|assignments?|challenges?|warm[\\s-]?up',
    'übung(?:en)?|übungsaufgaben?|jetzt\\s+du',
    'exercices?|à\\s+vous\\s+de\\s+jouer|travaux\\s+pratiques|ejercicios?|ahora\\s+tú',
    'esercizi[o]?|tocca\\s+a\\s+voi|exercícios?|oefening(?:en)?',
  ],
  [
    'try\\s+(?:it|this)|tasks?|labs?|practice|practical|activity|activities|source\\s+work|discuss(?:ion)?(?:\\s+in\\s+\\w+)?|think\\s+about\\s+it|problems?|drills?',
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
    'outline|overview|schedule|dates|today|next\\s+steps|recap|contents?|table\\s+of\\s+contents|roadmap|logistics|prerequisites|objectives|goals|program(?:me)?|topics|course\\s+\\w+|what.s\\s+next',
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
    'resources|(?:useful\\s+)?links|references|sources|literature|credits|books|literatur|quellen|ressources|références|bibliographie|recursos|bibliografía|fuentes|risorse|bibliografia|fontes?|bronnen',
  ],
);

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

/** Terms that people look up by name. */
export const LOOKED_UP = phrases(
  'commands?|syntax|operators?|shortcuts?|options?|flags?|switches|parameters?|arguments?|methods?|functions?|rules?|types?|kinds?|formulas?|formulae|definitions?|terms?|terminology|vocabulary|glossary|concepts|keys|keybindings|steps?|how\\s+to|reference|properties|attributes|selectors|units|codes|status\\s+codes|ports|errors|matchers|modifiers|variables|permissions|distributions?|derivatives|theorem|law|laws|which|measures|metrics|complexity|cases|levels|layers|notation|symbols|basics|anatomy|endpoints|good\\s+practices?|best\\s+practices|conventions?|style',
  'befehle?|operatoren|tasten(?:kürzel)?|optionen|funktionen|regeln?|arten|formeln?|begriffe|schritte|wichtige?|aufbau|typen|satz|rechte',
  'commandes?|syntaxe|opérateurs|raccourcis|fonctions|règles|formules?|définitions?|vocabulaire|étapes|types?|à\\s+connaître|modèle',
  'comandos?|sintaxis|operadores|atajos|funciones|reglas|fórmulas|definici(?:ón|ones)|vocabulario|pasos|tipos|errores',
  'comandi|sintassi|operatori|scorciatoie|funzioni|regole|formule|definizion[ei]|passi|tipi|funções|regras|opdrachten|regels|begrippen',
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
  /(?<!\p{L})(?:mon|tues|wednes|thurs|fri|satur|sun)days?(?!\p{L})|(?<!\p{L})(?:(?:january|february|march|april|june|july|august|september|october|november|december)|(?:januar|februar|märz|mai|juni|juli|oktober|dezember)|(?:janvier|février|mars|avril|juin|juillet|août|septembre|octobre|novembre|décembre)|(?:enero|febrero|marzo|abril|mayo|junio|julio|agosto|septiembre|octubre|noviembre|diciembre))(?!\p{L})|(?:^|\s)\d{1,2}[:.h]\d{2}(?!\d)(?:\s*(?:uhr|am|pm|[–-]|$|\s))|(?<!\p{L})(?:deadline|due|break|lunch|(?:week|session|part|day|lecture|lesson|module|semaine|woche|teil|semana)\s+\d+|until\s+(?:\d|next|the\s+\d)|bis\s+zum|pause)(?!\p{L})/iu;

/** Speakers and people addressed in narrative texts. */
export const PERSON =
  /(?<![\p{L}'’])(?:I|I'm|I’m|we|us|our|my|me|let's|let’s|ich|wir|mein|uns|unser|je|j'ai|j’ai|nous|notre|nos|mon|yo|nosotros|nuestr[oa]|queremos|io|noi|nostro|eu|nós|ik|wij)(?![\p{L}'’])/u;

/** Opinions and quotations instead of facts. */
export const TELLING =
  /(?<!\p{L})(?:everybody|everyone|nobody|always|never|imagine|remember|once|years\s+ago|in\s+(?:1[5-9]|20)\d\d|love|hate|great|awesome|normal|happens?|people|company|companies|jeder|niemand|stell\s+dir|tout\s+le\s+monde|imaginez|en\s+(?:1[5-9]|20)\d\d|todos|nadie|immagina)(?!\p{L})/iu;

export const OUTPUT_LINE =
  /Traceback|(?:^|\s)(?:\w+Error|Exception|error|fatal|warning):|\b\d{1,2}:\d{2}:\d{2}\b|^On branch|\bicmp_seq=|^total \d|^[-d][rwx-]{9}\s|\bp-value =|[✓✗✔✘●]\s|\bpassed\b.*\(\d+\)|^Date:\s|<<<<<<<|^\+[-+]{3,}\+|\[\s*OK\s*\]|Successfully|^(?:## ?)?\[\d+\]\s+[-"\d]/m;

/** Placeholders in exercises. */
export const GAP = /_{3,}|\bTODO\b|\bFIXME\b|\?{3}|your code|your turn|###+ |…{2,}/i;

/** Beginnings of remarks and opinions, which are not terms: “Note: …”, “Advantages: …”. */
export const REMARK =
  /^[^\p{L}]*(?:it\s+is\s+(?:worth|important)\s+(?:noting|to\s+note)|note|nb|n\.b\.|remember|question(?:\s*\d+)?|(?:dis)?advantages?|pros?|cons?|benefits|drawbacks|limitations|hinweis|merke|frage|vorteile?|nachteile?|remarque|rappel|avantages?|inconvénients?|nota|recuerda|pregunta|(?:des)?ventajas?|vantaggi|svantaggi|vantagens|desvantagens|voordelen|nadelen)(?!\p{L})/iu;

/** Commands in quotation marks, which others format as code. */
export const QUOTED_COMMAND =
  /(?<![\p{L}\p{N}])['‘"“`][:./-]?[a-z][a-z0-9_.-]{0,15}(?: [-<[\w./:=@~*>\]]+){0,6}['’"”`](?![\p{L}\p{N}])/u;

/** `Staging area (index): what the next commit will hold`. */
export const TERM_FIRST = /^\p{Lu}[\p{L}\p{N}-]*(?: [\p{L}\p{N}-]+){0,2}(?: \([^()]{1,30}\))?: \S/u;

/** Answers that have letters, or are true or false. */
export const CHOICES = /^\(?a\)?[.:)\s]\s*\S.*\sb\)?[.:)\s]\s|\btrue\b.{0,12}\bfalse\b/i;

/** Symbols in place of a bullet. */
export const EMOJI_FIRST = /^\p{Extended_Pictographic}/u;

/** Beginnings of tasks that are not also beginnings of rules: “Use `x` to” may be either. */
export const TASK =
  /^(?:hint:?|now,?|next,?|then,?)?\s*(?:create|write|make|build|implement|add|go\s+to|try|find|complete|fill|answer|discuss|calculate|compute|modify|draw|design|download|guess|practi[cs]e|raise|vote|turn\s+this|erstellt?|schreibt?|berechnet?|zeichnet?|suche|überlegt?|legt?|créez|écrivez|calculez|donnez|trouvez|ouvrez|rédigez|crea|escribe|calcula|busca|dibuja|scrivi|calcola|trova|disegna|escreva|crie|calcule|maak|schrijf|bereken|zoek)(?!\p{L})/iu;
