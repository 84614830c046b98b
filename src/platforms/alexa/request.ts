import { ourIntent } from '../envelope.ts';
import { at, entriesAt, listAt, slotText, textAt } from '../foreign.ts';
import type { Locale, Utterance } from '../platform.ts';

const BUILT_IN: Record<string, string> = {
  'AMAZON.YesIntent': 'yes',
  'AMAZON.NoIntent': 'no',
  'AMAZON.HelpIntent': 'help',
  'AMAZON.StopIntent': 'stop',
  'AMAZON.NavigateHomeIntent': 'stop',
  'AMAZON.CancelIntent': 'cancel',
  'AMAZON.RepeatIntent': 'repeat',
  'AMAZON.PreviousIntent': 'back',
};
const HALF_DAYS: Record<string, string> = { MO: 'AM', AF: 'PM', EV: 'PM' };

/** The utterance in a verified request; undefined for events and types we do not know, which are answered without a word. */
export function readAlexa(body: unknown, digest: string): Utterance | undefined {
  const said = saidIn(at(body, 'request'));
  if (!said) return undefined;
  const system = at(body, 'context', 'System');
  const user = textAt(system, 'user', 'userId') ?? textAt(body, 'session', 'user', 'userId');
  return {
    brand: 'alexa',
    device: textAt(system, 'device', 'deviceId') ?? user ?? textAt(body, 'session', 'sessionId') ?? digest,
    user,
    linkToken: textAt(system, 'user', 'accessToken') ?? textAt(body, 'session', 'user', 'accessToken'),
    requestId: textAt(body, 'request', 'requestId') ?? digest,
    locale: localeOf(textAt(body, 'request', 'locale')),
    medium: 'alexa',
    newSession: at(body, 'session', 'new') === true,
    ...said,
  };
}

type Said = Pick<Utterance, 'kind' | 'text' | 'intent'>;

function saidIn(request: unknown): Said | undefined {
  switch (textAt(request, 'type')) {
    case 'LaunchRequest':
      return { kind: 'launch' };
    case 'IntentRequest':
      return intentIn(at(request, 'intent'));
    case 'SessionEndedRequest':
      return { kind: 'end' };
    default:
      return undefined;
  }
}

// Alexa hands over no words, except through a slot of type AMAZON.SearchQuery, which our model calls `query`.
function intentIn(intent: unknown): Said {
  const { query, ...slots } = slotsOf(intent);
  if (query !== undefined) return { kind: 'words', text: query };
  const vendorName = textAt(intent, 'name') ?? '';
  const name = BUILT_IN[vendorName] ?? ourIntent(vendorName);
  return name ? { kind: 'intent', intent: { name, slots } } : { kind: 'words' };
}

function slotsOf(intent: unknown): Record<string, string> {
  const slots = entriesAt(intent, 'slots').flatMap(([name, slot]) => {
    const value = resolved(slot) ?? slotText(at(slot, 'value'));
    const own = name.replace(/^.*__/, ''); // one name has one type there: `emergency__kind` is the `kind` of an emergency
    const ours = value === undefined ? undefined : inOurTerms(own, value);
    return ours === undefined ? [] : [[own, ours] as const];
  });
  return Object.fromEntries(slots);
}

// The id of the first match of our own catalogue, where the platform found one.
function resolved(slot: unknown): string | undefined {
  for (const authority of listAt(slot, 'resolutions', 'resolutionsPerAuthority')) {
    if (textAt(authority, 'status', 'code') !== 'ER_SUCCESS_MATCH') continue;
    const [first] = listAt(authority, 'values');
    return textAt(first, 'value', 'id') ?? textAt(first, 'value', 'name');
  }
  return undefined;
}

// AMAZON.DATE may be a week or a month and AMAZON.TIME a part of the day: what is no day or time is left to be asked again.
function inOurTerms(name: string, value: string): string | undefined {
  if (name === 'date') return /^\d{4}-\d{2}-\d{2}$/.test(value) ? value : undefined;
  if (name === 'time') return HALF_DAYS[value] ?? (/^(\d{2}:\d{2}|AM|PM)$/.test(value) ? value : undefined);
  return value;
}

function localeOf(locale: string | undefined): Locale {
  return locale?.startsWith('zh') ? 'zh-CN' : 'en-US';
}
