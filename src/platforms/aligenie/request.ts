import { cityDigest } from '../city.ts';
import { ourIntent } from '../envelope.ts';
import { at, entriesAt, listAt, slotText, textAt } from '../foreign.ts';
import type { Medium, Utterance } from '../platform.ts';

/** The console's default intent, which "open the skill" arrives as, has the name that we give it there. */
const LAUNCH_INTENTS = new Set(['welcome', 'launch']);

type Said = Pick<Utterance, 'kind' | 'text' | 'intent'>;

/** Whether a body is of the newer protocol, which only the vendor's model classes show. */
export function isEnvelope2(body: unknown): boolean {
  return textAt(body, 'request', 'type') !== undefined && at(body, 'context', 'system') !== undefined;
}

/** The utterance in a request of the flat protocol (V1, V3): always one, since it knows no events. */
export function readAligenie(body: unknown, digest: string, medium: Medium): Utterance {
  const user = textAt(body, 'requestData', 'userOpenId');
  const device = textAt(body, 'device', 'deviceOpenId') ?? textAt(body, 'requestData', 'deviceOpenId');
  return {
    brand: 'aligenie',
    device: device ?? user ?? textAt(body, 'sessionId') ?? digest,
    user,
    linkToken: textAt(body, 'token'),
    network: cityDigest(textAt(body, 'requestData', 'city')),
    requestId: textAt(body, 'requestId') ?? digest,
    locale: 'zh-CN',
    medium,
    newSession: at(body, 'skillSession', 'newSession') === true,
    ...saidFlat(body),
  };
}

function saidFlat(body: unknown): Said {
  const intent = textAt(body, 'intentName') ?? '';
  const slots = slotsFlat(body);
  if (LAUNCH_INTENTS.has(intent) && Object.keys(slots).length === 0) return { kind: 'launch' };
  const words = textAt(body, 'utterance');
  if (words?.trim()) return { kind: 'words', text: words };
  return settled(textAt(body, 'confirmStatus'), listAt(body, 'selectIndexList')) ?? named(intent, slots);
}

// What a person chose or confirmed on the platform's own question.
function settled(confirmed: string | undefined, selected: unknown[]): Said | undefined {
  if (confirmed === 'CONFIRMED') return { kind: 'intent', intent: { name: 'yes', slots: {} } };
  if (confirmed === 'DENIED') return { kind: 'intent', intent: { name: 'no', slots: {} } };
  const [first] = selected;
  if (typeof first !== 'number') return undefined;
  return { kind: 'intent', intent: { name: 'select.number', slots: { ordinal: String(first) } } };
}

function named(vendorName: string, slots: Record<string, string>): Said {
  const name = ourIntent(vendorName);
  return name ? { kind: 'intent', intent: { name, slots } } : { kind: 'words' };
}

function slotsFlat(body: unknown): Record<string, string> {
  const slots = listAt(body, 'slotEntities').flatMap((slot) => {
    const name = textAt(slot, 'intentParameterName');
    const value = ['standardValue', 'slotValue', 'originalValue'].map((from) => slotText(at(slot, from))).find(Boolean);
    return name && value ? [[name, value] as const] : [];
  });
  return Object.fromEntries(slots);
}

/** The utterance in a request of the newer protocol; undefined for events. */
export function readAligenie2(body: unknown, digest: string, medium: Medium): Utterance | undefined {
  const said = said2(at(body, 'request'));
  if (!said) return undefined;
  const system = at(body, 'context', 'system');
  const user = textAt(system, 'user', 'userOpenId');
  return {
    brand: 'aligenie',
    device: textAt(system, 'device', 'deviceOpenId') ?? user ?? textAt(body, 'session', 'sessionId') ?? digest,
    user,
    linkToken: textAt(system, 'user', 'accessToken'),
    requestId: textAt(body, 'request', 'requestId') ?? digest,
    locale: 'zh-CN',
    medium,
    newSession: at(body, 'session', 'new') === true,
    ...said,
  };
}

function said2(request: unknown): Said | undefined {
  const type = textAt(request, 'type');
  if (type === 'LaunchRequest') return { kind: 'launch' };
  if (type === 'SessionEndedRequest') return { kind: 'end' };
  if (type !== 'IntentRequest') return undefined;
  const intent = textAt(request, 'intent', 'name') ?? '';
  const slots = slots2(request);
  if (LAUNCH_INTENTS.has(intent) && Object.keys(slots).length === 0) return { kind: 'launch' };
  const words = textAt(request, 'input', 'value');
  if (words?.trim()) return { kind: 'words', text: words };
  const confirmed = textAt(request, 'intent', 'confirmationStatus');
  return settled(confirmed, listAt(request, 'intent', 'selectedSlotIndexs')) ?? named(intent, slots);
}

function slots2(request: unknown): Record<string, string> {
  const slots = entriesAt(request, 'intent', 'slots').flatMap(([name, slot]) => {
    const value = slotText(listAt(slot, 'values')[0]) ?? slotText(at(slot, 'value'));
    return value ? [[name, value] as const] : [];
  });
  return Object.fromEntries(slots);
}
