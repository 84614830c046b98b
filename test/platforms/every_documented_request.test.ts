import { describe, expect, test } from 'vitest';
import type { Utterance } from '../../src/platforms/platform.ts';
import { alexaBody, aligenieBody, duerosBody, xiaoaiBody } from './support/brands.ts';
import { isEnvelope } from './support/envelopes.ts';
import { readingOf } from './support/reading.ts';
import type { WebhookBrand } from './support/senders.ts';

type Json = Record<string, unknown>;
/** A request kind as the brand's pages have it, and what it is to us; `nothing`: answered without asking the turn. */
type Kind = [name: string, body: Json, is: Utterance['kind'] | 'nothing'];

const dueros = (type: string, request: Json = {}, envelope: Json = {}) =>
  duerosBody({ type, query: undefined, intents: undefined, ...request }, envelope);
const duerosIntent = (name: string, slots: unknown = {}) => dueros('IntentRequest', { intents: [{ name, slots }] });
const DUEROS: Kind[] = [
  ['LaunchRequest', dueros('LaunchRequest', { dialogRequestId: 'd' }), 'launch'],
  ['IntentRequest with words', duerosBody(), 'words'],
  [
    'IntentRequest with rewritten words only',
    dueros('IntentRequest', { query: { type: 'TEXT', rewritten: '查老年证' } }),
    'words',
  ],
  [
    'IntentRequest of a picture',
    dueros('IntentRequest', { query: { type: 'IMAGE', original: '' }, intents: [] }),
    'words',
  ],
  ['a deep launch', duerosBody({}, { session: { new: true, sessionId: 's' } }), 'words'],
  ['confirm', duerosIntent('ai.dueros.common.confirm_intent'), 'intent'],
  ['cancel', duerosIntent('ai.dueros.common.cancel_intent', []), 'intent'],
  ['nothing matched', duerosIntent('ai.dueros.common.default_intent'), 'words'],
  ['next', duerosIntent('ai.dueros.common.next_intent'), 'words'],
  ['a dialogue in progress', duerosBody({ dialogState: 'IN_PROGRESS', determined: true }), 'words'],
  ['SessionEndedRequest', dueros('SessionEndedRequest', { reason: 'EXCEEDED_MAX_REPROMPTS' }), 'end'],
  ...['Started', 'Stopped', 'Finished', 'NearlyFinished', 'Paused', 'Resumed', 'Failed'].flatMap((what): Kind[] => [
    [
      `AudioPlayer.Playback${what}`,
      dueros(`AudioPlayer.Playback${what}`, { token: 't', offsetInMilliSeconds: 1 }),
      'nothing',
    ],
    [`VideoPlayer.Playback${what}`, dueros(`VideoPlayer.Playback${what}`, { token: 't' }), 'nothing'],
  ]),
  ['Display.ElementSelected of a choice', dueros('Display.ElementSelected', { token: 'choice:1' }), 'intent'],
  ['Display.ElementSelected of something else', dueros('Display.ElementSelected', { token: 'x' }), 'nothing'],
  ['Form.ButtonClicked', dueros('Form.ButtonClicked', { token: 't', name: 'PAUSE' }), 'nothing'],
  ['Form.RadioButtonClicked', dueros('Form.RadioButtonClicked', { name: 'n', selectedValue: 'v' }), 'nothing'],
  ['Screen.LinkClicked', dueros('Screen.LinkClicked', { token: 't', url: 'https://x' }), 'nothing'],
  ['Connections.Response', dueros('Connections.Response', { name: 'n', token: 't' }), 'nothing'],
  ['an account that was linked', dueros('Link.LinkAccountSucceeded'), 'nothing'],
  ...['Granted', 'Rejected', 'GrantFailed'].map(
    (what): Kind => [`Permission.${what}`, dueros(`Permission.${what}`, { token: 't' }), 'nothing'],
  ),
  ['Record.RecordSpeechFinished', dueros('Record.RecordSpeechFinished', { audioToken: 'a' }), 'nothing'],
];

const alexa = (type: string, request: Json = {}, envelope: Json = {}) =>
  alexaBody({ type, intent: undefined, ...request }, envelope);
const skillEvent = (type: string) => alexa(type, { eventCreationTime: '2026-11-23T01:30:00Z' }, { session: undefined });
const ALEXA: Kind[] = [
  ['LaunchRequest', alexa('LaunchRequest'), 'launch'],
  ['LaunchRequest with a task', alexa('LaunchRequest', { task: { name: 'x', version: '1' } }), 'launch'],
  ['IntentRequest', alexaBody(), 'intent'],
  ...['Help', 'Stop', 'Cancel', 'Yes', 'No', 'NavigateHome', 'Repeat'].map(
    (name): Kind => [
      `AMAZON.${name}Intent`,
      alexaBody({ intent: { name: `AMAZON.${name}Intent`, confirmationStatus: 'NONE' } }),
      'intent',
    ],
  ),
  ['AMAZON.FallbackIntent', alexaBody({ intent: { name: 'AMAZON.FallbackIntent' } }), 'words'],
  [
    'words in the search slot',
    alexaBody({ intent: { name: 'words', slots: { query: { name: 'query', value: 'my card' } } } }),
    'words',
  ],
  [
    'SessionEndedRequest',
    alexa('SessionEndedRequest', { reason: 'ERROR', error: { type: 'INVALID_RESPONSE', message: 'x' } }),
    'end',
  ],
  ['SessionResumedRequest', alexa('SessionResumedRequest', { cause: { type: 'ConnectionCompleted' } }), 'nothing'],
  [
    'CanFulfillIntentRequest',
    alexa('CanFulfillIntentRequest', { intent: { name: 'pickup_book', slots: { item: { name: 'item' } } } }),
    'nothing',
  ],
  [
    'CanFulfillIntentRequest of another’s intent',
    alexa('CanFulfillIntentRequest', { intent: { name: 'PlayMusic' } }),
    'nothing',
  ],
  ['Connections.Response', alexa('Connections.Response', { name: 'AskFor', status: { code: '200' } }), 'nothing'],
  [
    'System.ExceptionEncountered',
    alexa('System.ExceptionEncountered', { error: { type: 'INVALID_RESPONSE' } }),
    'nothing',
  ],
  ...[
    'SkillEnabled',
    'SkillDisabled',
    'SkillAccountLinked',
    'SkillPermissionAccepted',
    'SkillPermissionChanged',
    'ProactiveSubscriptionChanged',
  ].map(
    (name): Kind => [`AlexaSkillEvent.${name}, without a session`, skillEvent(`AlexaSkillEvent.${name}`), 'nothing'],
  ),
  ['Messaging.MessageReceived', skillEvent('Messaging.MessageReceived'), 'nothing'],
  ['Reminders.ReminderStarted', skillEvent('Reminders.ReminderStarted'), 'nothing'],
  ['AudioPlayer.PlaybackFinished', skillEvent('AudioPlayer.PlaybackFinished'), 'nothing'],
];

const newer = (request: Json): Json => ({
  version: '2.0',
  session: { new: true, sessionId: 's', attributes: { k: 'v' } },
  context: {
    system: {
      application: { genieAppId: 'g', skillId: 110255 },
      user: { userOpenId: 'u', userUnionIds: [] },
      device: { deviceOpenId: 'd', supportedInterfaces: {} },
      apiAccessToken: '',
    },
  },
  request: { requestId: 'r', timestamp: 1_795_397_400_000, ...request },
});
const ALIGENIE: Kind[] = [
  [
    'the default intent',
    aligenieBody({
      intentName: 'welcome',
      utterance: '打开家里办',
      skillSession: { skillSessionId: 's', newSession: true, attributes: {} },
    }),
    'launch',
  ],
  ['words', aligenieBody(), 'words'],
  [
    'a one-shot with a wish',
    aligenieBody({ utterance: '让家里办查老年证', skillSession: { newSession: true } }),
    'words',
  ],
  ['CONFIRMED', aligenieBody({ utterance: '', confirmStatus: 'CONFIRMED' }), 'intent'],
  ['DENIED', aligenieBody({ utterance: '', confirmStatus: 'DENIED' }), 'intent'],
  ['a selection', aligenieBody({ utterance: '', selectIndexList: [1] }), 'intent'],
  [
    'a console’s trial with nobody in it',
    aligenieBody({ requestData: {}, device: undefined, token: undefined }),
    'words',
  ],
  [
    'only what is always there',
    aligenieBody({ requestData: undefined, device: undefined, skillSession: undefined, botId: undefined }),
    'words',
  ],
  ['2.0 LaunchRequest', newer({ type: 'LaunchRequest' }), 'launch'],
  [
    '2.0 IntentRequest',
    newer({ type: 'IntentRequest', input: { type: 'TEXT', value: '查老年证' }, intent: { name: 'words', slots: {} } }),
    'words',
  ],
  [
    '2.0 IntentRequest that confirms',
    newer({ type: 'IntentRequest', intent: { name: 'x', confirmationStatus: 'DENIED' } }),
    'intent',
  ],
  ['2.0 SessionEndedRequest', newer({ type: 'SessionEndedRequest', reason: 'USER_INITIATED' }), 'end'],
  ...['TPL.UserEvent', 'Permission.Granted', 'Permission.Rejected'].map(
    (type): Kind => [`2.0 ${type}`, newer({ type, payload: {} }), 'nothing'],
  ),
];

const XIAOAI: Kind[] = [
  ['0, enter', xiaoaiBody({ type: 0, slot_info: undefined }, { query: '打开家里办' }), 'launch'],
  ['0 with an intent', xiaoaiBody({ type: 0 }), 'words'],
  [
    '0 with the intent as JSON beside the words',
    xiaoaiBody({
      type: 0,
      slot_info: undefined,
      intent: { query: '查老年证', slots: '{"intent_name":"progress_query","slots":[]}' },
    }),
    'words',
  ],
  ['1, in the skill', xiaoaiBody(), 'words'],
  ['1 without slot_info', xiaoaiBody({ slot_info: undefined }), 'words'],
  ['1 without words', xiaoaiBody({}, { query: '' }), 'intent'],
  ['1 and silence', xiaoaiBody({ no_response: true }, { query: '' }), 'silence'],
  ['Mi_Exit', xiaoaiBody({ slot_info: { intent_name: 'Mi_Exit', slots: [] } }), 'intent'],
  ['2, end', xiaoaiBody({ type: 2 }), 'end'],
  ...['mediaplayer.playbacknearlyfinished', 'leavemsg.finished', 'leavemsg.failed'].map(
    (event_type): Kind => [event_type, xiaoaiBody({ event_type, event_property: { msg_file_id: 'f' } }), 'nothing'],
  ),
  ['a monitor’s question', xiaoaiBody({ is_monitor: true }), 'words'],
];

const BRANDS: [WebhookBrand, Kind[]][] = [
  ['dueros', DUEROS],
  ['alexa', ALEXA],
  ['aligenie', ALIGENIE],
  ['xiaoai', XIAOAI],
];
const SPOKEN = {
  text: '您要第几个？',
  markup: '<speak>您要第几个？</speak>',
  reprompt: { text: '第几个？', markup: '<speak>第几个？</speak>' },
  choices: [{ n: 1, text: '上午' }],
};

describe.each(BRANDS)('%s', async (brand, kinds) => {
  const { send, fresh } = await readingOf(brand, { envelope2: true, ssml: true, linking: true });

  /** A request of its own, wherever the brand keeps the id. */
  function own(body: Json): Json {
    const id = fresh();
    if (brand === 'xiaoai') return { ...body, request: { ...(body.request as Json), request_id: id } };
    if (brand === 'aligenie' && !body.request) return { ...body, requestId: id };
    return { ...body, request: { ...(body.request as Json), requestId: id } };
  }

  test.each(kinds)('%s', async (_name, body, is) => {
    const { status, said, answer, text } = await send(own(body), brand === 'xiaoai' ? { text: SPOKEN.text } : SPOKEN);
    expect(status).toBe(200);
    expect(said?.kind ?? 'nothing').toBe(is);
    expect(isEnvelope(brand, answer), text).toBe(true);
  });

  test('a reply with all there can be around it, an endless one, an empty one, the last one', async () => {
    const reminder = { day: '2026-11-25', time: '19:00', text: 'x' };
    const [, body]: Kind = kinds.find(([, , is]) => is === 'words') ?? (['', {}, 'words'] satisfies Kind);
    for (const reply of [
      { ...SPOKEN, reminder },
      { text: '长'.repeat(20_000) },
      { text: '', listen: false },
      { listen: false, end: true },
      { phrase: 'conversation.unknownSpeaker', end: true },
    ]) {
      const { answer, text } = await send(own(body), reply);
      expect(isEnvelope(brand, answer), text.slice(0, 400)).toBe(true);
      expect(Buffer.byteLength(text)).toBeLessThanOrEqual(24 * 1024);
    }
  });

  test('attributes come back as they went, and none that would take the room of words', async () => {
    const [, body]: Kind =
      kinds.find(([name, , is]) => is === 'words' && !name.startsWith('2.0')) ?? (['', {}, 'words'] satisfies Kind);
    const within = (attributes: unknown): Json =>
      brand === 'aligenie'
        ? { ...body, skillSession: { skillSessionId: 's', newSession: false, attributes } }
        : { ...body, session: { ...(body.session as Json), attributes } };
    const echo = (answer: Json) => {
      const places: Record<WebhookBrand, unknown> = {
        dueros: (answer.session as Json | undefined)?.attributes,
        alexa: answer.sessionAttributes,
        aligenie: ((answer.returnValue as Json | undefined)?.skillDialogSession as Json | undefined)?.sessionAttrs,
        xiaoai: answer.session_attributes,
      };
      return places[brand];
    };
    expect(echo((await send(own(within({ k: 'v' })))).answer)).toEqual({ k: 'v' });
    for (const odd of [[], null, undefined, 'x', { k: 'v'.repeat(3000) }]) {
      const { answer, text } = await send(own(within(odd)));
      expect(echo(answer)).toEqual({});
      expect(isEnvelope(brand, answer), text).toBe(true);
    }
  });
});
