import { cityDigest } from '../city.ts';
import { ourIntent } from '../envelope.ts';
import { at, entriesAt, listAt, slotText, textAt } from '../foreign.ts';
import type { Utterance } from '../platform.ts';
import { tapped } from './screen.ts';

const SYSTEM_INTENTS: Record<string, string> = {
  'ai.dueros.common.cancel_intent': 'cancel',
  'ai.dueros.common.confirm_intent': 'yes',
  'ai.dueros.common.stop_intent': 'stop',
  'ai.dueros.common.pause_intent': 'wait',
  'ai.dueros.common.continue_intent': 'launch',
  'ai.dueros.common.previous_intent': 'back',
};
/** What the platform writes into a slot it did not understand. */
const NOT_UNDERSTOOD = 'da_system_not_understand';

/** The utterance in a verified request; undefined for events and types we do not know, which are answered without a word. */
export function readDueros(body: unknown, digest: string): Utterance | undefined {
  const system = at(body, 'context', 'System');
  const user = textAt(system, 'user', 'userId');
  const device = textAt(system, 'device', 'deviceId') ?? user ?? textAt(body, 'session', 'sessionId') ?? digest;
  const said = saidIn(at(body, 'request'));
  if (!said) return undefined;
  return {
    brand: 'dueros',
    device,
    user,
    linkToken: textAt(system, 'user', 'accessToken'),
    network: cityDigest(textAt(system, 'user', 'userInfo', 'location', 'city')),
    requestId: textAt(body, 'request', 'requestId') ?? digest,
    locale: 'zh-CN',
    medium: 'dueros',
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
      return intentIn(request);
    case 'SessionEndedRequest':
      return { kind: 'end' };
    case 'Display.ElementSelected':
      return chosenOnScreen(textAt(request, 'token'));
    default:
      return undefined;
  }
}

function chosenOnScreen(token: string | undefined): Said | undefined {
  const ordinal = tapped(token);
  return ordinal ? { kind: 'intent', intent: { name: 'select.number', slots: { ordinal } } } : undefined;
}

// The words are worth more than the platform's guess: they are read here, in the resident's own context.
function intentIn(request: unknown): Said {
  const words = textAt(request, 'query', 'original') ?? textAt(request, 'query', 'rewritten');
  if (words?.trim()) return { kind: 'words', text: words };
  const intent = listAt(request, 'intents')[0] ?? at(request, 'intent');
  const vendorName = textAt(intent, 'name') ?? '';
  const name = SYSTEM_INTENTS[vendorName] ?? ourIntent(vendorName);
  return name ? { kind: 'intent', intent: { name, slots: slotsOf(intent) } } : { kind: 'words' };
}

function slotsOf(intent: unknown): Record<string, string> {
  const slots = entriesAt(intent, 'slots').flatMap(([name, slot]) => {
    const value = slotText(at(slot, 'value')) ?? slotText(listAt(slot, 'values')[0]);
    return value === undefined || value === NOT_UNDERSTOOD ? [] : [[name, value] as const];
  });
  return Object.fromEntries(slots);
}
