/** The keywords and functions of SPARQL 1.1, in our own words. */
import type { Slot } from "./place";

/** Name, what goes in, what comes out. */
export const FUNCTIONS: readonly (readonly [string, string, string])[] = [
  ["ABS", "(number)", "The number without its sign."],
  ["BNODE", "(text?)", "A new blank node; the same for the same text within a row."],
  ["BOUND", "(?variable)", "Whether the variable has a value."],
  ["CEIL", "(number)", "The next whole number above."],
  ["COALESCE", "(a, b, …)", "The first that has a value without an error."],
  ["CONCAT", "(text, text, …)", "The texts one behind the other."],
  ["CONTAINS", "(text, part)", "Whether the text has the part anywhere."],
  ["DATATYPE", "(literal)", "The datatype of the literal."],
  ["DAY", "(dateTime)", "The day of the month."],
  ["ENCODE_FOR_URI", "(text)", "The text as it may stand in a URL."],
  ["FLOOR", "(number)", "The next whole number below."],
  ["HOURS", "(dateTime)", "The hour."],
  ["IF", "(condition, then, else)", "One of two, by a condition."],
  ["IRI", "(text)", "The text as an IRI."],
  ["isBLANK", "(term)", "Whether it is a blank node."],
  ["isIRI", "(term)", "Whether it is an IRI."],
  ["isLITERAL", "(term)", "Whether it is a literal."],
  ["isNUMERIC", "(term)", "Whether it is a number."],
  ["LANG", "(literal)", "The language tag, empty if there is none."],
  ["LANGMATCHES", "(tag, range)", 'Whether a tag is of a language, as in LANGMATCHES(LANG(?name), "en").'],
  ["LCASE", "(text)", "The text in small letters."],
  ["MD5", "(text)", "The MD5 digest."],
  ["MINUTES", "(dateTime)", "The minute."],
  ["MONTH", "(dateTime)", "The month."],
  ["NOW", "()", "The time at which the query runs."],
  ["RAND", "()", "A random number from 0 up to 1."],
  ["REGEX", "(text, pattern, flags?)", 'Whether a pattern fits; the flag "i" ignores case.'],
  ["REPLACE", "(text, pattern, new, flags?)", "The text with all that fits a pattern replaced."],
  ["ROUND", "(number)", "The nearest whole number."],
  ["sameTerm", "(a, b)", "Whether both are the very same term."],
  ["SECONDS", "(dateTime)", "The seconds."],
  ["SHA1", "(text)", "The SHA-1 digest."],
  ["SHA256", "(text)", "The SHA-256 digest."],
  ["SHA384", "(text)", "The SHA-384 digest."],
  ["SHA512", "(text)", "The SHA-512 digest."],
  ["STR", "(term)", "The characters of a literal or an IRI."],
  ["STRAFTER", "(text, part)", "What stands behind the part."],
  ["STRBEFORE", "(text, part)", "What stands before the part."],
  ["STRDT", "(text, datatype)", "The text as a literal of a datatype."],
  ["STRENDS", "(text, end)", "Whether the text ends so."],
  ["STRLANG", "(text, tag)", "The text as a literal of a language."],
  ["STRLEN", "(text)", "The number of characters."],
  ["STRSTARTS", "(text, start)", "Whether the text begins so."],
  ["STRUUID", "()", "A new UUID as text."],
  ["SUBSTR", "(text, first, length?)", "A piece of the text; the first character is number 1."],
  ["TIMEZONE", "(dateTime)", "The time zone as a duration."],
  ["TZ", "(dateTime)", "The time zone as it is written."],
  ["UCASE", "(text)", "The text in capitals."],
  ["UUID", "()", "A new UUID as an IRI."],
  ["YEAR", "(dateTime)", "The year."],
];

/** Functions over the rows of a group. */
export const AGGREGATES: readonly (readonly [string, string, string])[] = [
  ["AVG", "(number)", "The mean."],
  ["COUNT", "(DISTINCT? what)", "How many rows, or values; COUNT(*) counts rows."],
  ["GROUP_CONCAT", '(text; SEPARATOR=", ")', "All texts in one."],
  ["MAX", "(value)", "The largest."],
  ["MIN", "(value)", "The smallest."],
  ["SAMPLE", "(value)", "Any of them."],
  ["SUM", "(number)", "The sum."],
];

const PATTERN = ["OPTIONAL", "FILTER", "FILTER NOT EXISTS", "FILTER EXISTS", "UNION", "MINUS", "BIND", "VALUES", "GRAPH", "SELECT"];
const MODIFIERS = ["ORDER BY", "GROUP BY", "HAVING", "LIMIT", "OFFSET", "VALUES"];

/** The keywords that can stand in a slot. */
export const KEYWORDS: Readonly<Record<Slot, readonly string[]>> = {
  subject: PATTERN,
  after: PATTERN,
  predicate: [],
  class: [],
  object: ["true", "false"],
  graph: [],
  expression: ["AS", "IN", "NOT IN", "NOT EXISTS", "EXISTS", "DISTINCT", "true", "false"],
  data: ["UNDEF"],
  clause: ["SELECT", "ASK", "CONSTRUCT", "DESCRIBE", "PREFIX", "WHERE", "FROM", "FROM NAMED", ...MODIFIERS],
  projection: ["DISTINCT", "REDUCED", "AS", "WHERE", "FROM"],
  modifier: ["ASC", "DESC", ...MODIFIERS],
  prefix: [],
  none: MODIFIERS,
};
