import { createRandom, type Random } from '../../core/random.js';
import type { Table } from '../../core/table/table.js';
import { INTENTS, PRODUCTS } from './intents.js';
import { CLOSINGS, DIALECT, OPENINGS, SPELLINGS } from './speech.js';

const DAY = 86_400_000;
const START = Date.UTC(2024, 0, 1);
const DAYS = 366;
/** From this day on customers write as they speak. */
const SHIFT = Date.UTC(2024, 9, 1);

/** How often a request has a trait, before the shift and after it. */
const CHANCES = { dialect: [0, 0.6], spelling: [0.15, 0.5], slip: [0.05, 0.2] } as const;
/** Share of rows whose intent was noted wrongly. */
const WRONG_LABELS = 0.01;

/**
 * Invented requests to a shop's support over 2024 in order of time: `received`, `language` (en or ar), `text`, `intent`. Words of dialects and of
 * chats come only from October on. The same seed gives the same rows everywhere.
 */
export function makeSupportRequests(rows: number, seed: number): Table {
  const random = createRandom(seed);
  const kinds = Object.keys(INTENTS);
  const received = Float64Array.from({ length: rows }, (_, row) => START + Math.floor((row * DAYS) / rows) * DAY);
  const language = new Int32Array(rows);
  const intent = new Int32Array(rows);
  const texts: string[] = [];
  for (let row = 0; row < rows; row++) {
    const kind = Math.floor(random() * kinds.length);
    language[row] = random() < 0.5 ? 0 : 1;
    texts.push(writeRequest(kinds[kind]!, language[row] as 0 | 1, received[row]! >= SHIFT ? 1 : 0, random));
    intent[row] = random() < WRONG_LABELS ? Math.floor(random() * kinds.length) : kind;
  }
  const levels = [...new Set(texts)];
  const places = new Map(levels.map((text, at) => [text, at]));
  return {
    rows,
    columns: [
      { name: 'received', type: 'date', values: received },
      { name: 'language', type: 'text', levels: ['en', 'ar'], codes: language },
      { name: 'text', type: 'text', levels, codes: Int32Array.from(texts, (text) => places.get(text)!) },
      { name: 'intent', type: 'text', levels: kinds, codes: intent },
    ],
  };
}

function writeRequest(kind: string, language: 0 | 1, late: 0 | 1, random: Random): string {
  const happens = (trait: keyof typeof CHANCES): boolean => random() < CHANCES[trait][late];
  let text = pick(INTENTS[kind]![language], random).replaceAll('{}', pick(PRODUCTS[language], random));
  if (happens('dialect')) text = speak(text, language, random);
  if (random() < 0.4) text = pick(OPENINGS[language], random) + text;
  if (random() < 0.4) text += (language === 0 ? '.' : '،') + pick(CLOSINGS[language], random).replace('#', String(10_000 + Math.floor(random() * 90_000)));
  if (happens('spelling')) text = language === 1 ? SPELLINGS.reduce((words, [from, to]) => words.replaceAll(from, to), text) : text.toLowerCase();
  return happens('slip') ? slip(text, random) : text;
}

const speak = (text: string, language: 0 | 1, random: Random): string =>
  DIALECT[language].reduce((words, [standard, spoken]) => (words.includes(standard) ? words.replace(standard, pick(spoken, random)) : words), text).trim();

/** Two neighbouring letters change places, or one is lost. */
function slip(text: string, random: Random): string {
  const letters = [...text];
  const at = 1 + Math.floor(random() * Math.max(1, letters.length - 3));
  const [here = '', next = ''] = [letters[at], letters[at + 1]];
  letters.splice(at, 2, ...(random() < 0.5 ? [next, here] : [next]));
  return letters.join('');
}

const pick = <T>(from: readonly T[], random: Random): T => from[Math.floor(random() * from.length)]!;
