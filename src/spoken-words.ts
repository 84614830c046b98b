/** What an officer may hear of her text before anybody else does: the same speech and the same rules as for residents. */
import type { SpokenWords, ToldElement } from './api/parts.ts';
import type { Core } from './core.ts';
import { DEFAULT_PACE } from './reply.ts';
import { createWritingLint } from './speech/lint/writing.ts';
import type { Values } from './speech/speech.ts';
import type { Voices } from './voices.ts';

const LOCALE = 'zh-CN';
/** Materials come two at a time. */
const PER_BREATH = 2;

/** @returns previews over this installation's speech and voice */
export function createSpokenWords({ speech }: Pick<Core, 'speech'>, voices: Pick<Voices, 'pathOf'>): SpokenWords {
  const voice = { locale: LOCALE, pace: DEFAULT_PACE } as const;
  /** Empty while the draft lacks what the phrase needs. */
  function text(phrase: string, given: Values): string {
    if (!speech.has(LOCALE, phrase)) return '';
    const values = Object.fromEntries(Object.entries(given).filter(([, value]) => value !== ''));
    try {
      return speech.render([{ phrase, values }], voice, 'plain').text;
    } catch {
      return '';
    }
  }

  /** Element by element, as she would hear them who asks for one after the other. */
  function guide(elements: Record<string, unknown>): ToldElement[] {
    const words = (name: string) => (typeof elements[name] === 'string' ? (elements[name] as string) : '');
    const told = (element: string, phrase: string, values: Record<string, string>): ToldElement[] =>
      Object.values(values)[0] ? [{ element, text: text(phrase, values) }] : [];
    return [
      ...told('gist', 'guide.gist', { gist: words('gist') }),
      ...materialsOf(elements),
      ...told('commonMistakes', 'guide.mistakes', { mistakes: words('commonMistakes') }),
      ...told('conditions', 'guide.conditions', { conditions: words('conditions') }),
      ...told('place', 'guide.where', { place: words('place'), channels: words('channels') }),
      ...told('hours', 'guide.when', { hours: words('hours'), timeLimit: words('timeLimit') }),
      ...told('fee', 'guide.fee', { fee: words('fee') }),
      ...told('amount', 'guide.amount', { amount: words('amount') }),
      ...amountsOf(elements).flatMap((amount) => told('amounts', 'guide.herAmount', { amount })),
      ...told('arrears', 'guide.rest', { text: words('arrears') }),
      ...PLAIN.flatMap((element) => (words(element) ? [{ element, text: words(element) }] : [])),
    ];
  }

  function materialsOf({ materials, materialsNote }: Record<string, unknown>): ToldElement[] {
    const names = Array.isArray(materials)
      ? materials.map((one) => String((one as { name?: unknown }).name ?? ''))
      : [];
    const breaths = Array.from({ length: Math.ceil(names.length / PER_BREATH) }, (_, n) =>
      names.slice(n * PER_BREATH, (n + 1) * PER_BREATH),
    );
    const told = breaths.map((list, n) => ({
      element: 'materials',
      text: n === 0 ? text('guide.materials', { count: names.length, list }) : text('guide.materialsMore', { list }),
    }));
    const note = typeof materialsNote === 'string' && materialsNote;
    return note ? [...told, { element: 'materialsNote', text: note }] : told;
  }

  return {
    sentence: ({ phrase, values }) => text(phrase, values),
    guide,
    policy: ({ title, gist, body, source, reason }) => [
      { element: 'gist', text: text('policy.one', { title, gist }) },
      { element: 'reason', text: text(reason.phrase, reason.values) },
      { element: 'body', text: text('policy.detail', { body, source }) },
    ],
    lint: createWritingLint(),
    listen: (words) => voices.pathOf({ text: words, pace: DEFAULT_PACE }, { locale: LOCALE }),
  };
}

/** What is said to somebody of each age. */
const amountsOf = ({ amounts }: Record<string, unknown>): string[] =>
  Array.isArray(amounts) ? amounts.map((one) => String((one as { text?: unknown }).text ?? '')) : [];

/** Elements that are read as they stand. */
const PLAIN = ['acceptedBy', 'category', 'basis', 'audience', 'steps', 'enquiry', 'supervision', 'trips'];
