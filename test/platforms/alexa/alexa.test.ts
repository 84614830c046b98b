import { describe, expect, it } from 'vitest';
import { INTENTS } from '../../../src/understanding/meaning.ts';
import { ALEXA_SKILL, alexaBody, NOW } from '../support/brands.ts';
import { readingOf } from '../support/reading.ts';

const { send, fresh } = await readingOf('alexa');
const ask = (request: Record<string, unknown> = {}, envelope: Record<string, unknown> = {}) =>
  send(alexaBody({ requestId: fresh(), ...request }, envelope));
const intent = (name: string, slots: unknown = {}) => ask({ intent: { name, slots } });

describe('a request', () => {
  it.each([
    ['AMAZON.YesIntent', 'yes'],
    ['AMAZON.NoIntent', 'no'],
    ['AMAZON.HelpIntent', 'help'],
    ['AMAZON.StopIntent', 'stop'],
    ['AMAZON.CancelIntent', 'cancel'],
    ['AMAZON.RepeatIntent', 'repeat'],
    ['AMAZON.NavigateHomeIntent', 'stop'],
  ])('with %s is our %s', async (name, ours) => {
    expect((await intent(name)).said).toMatchObject({
      kind: 'intent',
      intent: { name: ours, slots: {} },
      locale: 'en-US',
      medium: 'alexa',
    });
  });

  it('finds each of our intents under its name with underscores', async () => {
    for (const name of INTENTS) {
      expect((await intent(name.replaceAll('.', '_'))).said).toMatchObject({ kind: 'intent', intent: { name } });
    }
  });

  it('that matched nothing, or an intent we do not have, is words without text', async () => {
    for (const name of ['AMAZON.FallbackIntent', 'SomethingElse', '']) {
      const { said } = await intent(name);
      expect(said?.kind).toBe('words');
      expect(said?.text).toBeUndefined();
    }
  });

  it('with a search phrase is those words', async () => {
    const slots = { query: { name: 'query', value: 'my senior card' } };
    expect((await intent('anything', slots)).said).toMatchObject({ kind: 'words', text: 'my senior card' });
  });

  it("has the catalogue's id of a slot, else its value; dates and times only where they are some", async () => {
    const matched = (status: string) => ({
      value: 'senior pass',
      resolutions: {
        resolutionsPerAuthority: [
          { status: { code: status }, values: [{ value: { name: 'Senior card', id: 'senior_card' } }] },
        ],
      },
    });
    const slots = {
      item: matched('ER_SUCCESS_MATCH'),
      kind: matched('ER_SUCCESS_NO_MATCH'),
      date: { value: '2026-11-25' },
      time: { value: 'MO' },
      place: { name: 'place' },
    };
    expect((await intent('pickup_book', slots)).said?.intent?.slots).toEqual({
      item: 'senior_card',
      kind: 'senior pass',
      date: '2026-11-25',
      time: 'AM',
    });
    const vague = { date: { value: '2026-W48' }, time: { value: 'NI' } };
    expect((await intent('pickup_book', vague)).said?.intent?.slots).toEqual({});
  });

  it('may be in Chinese', async () => {
    expect((await ask({ locale: 'zh-CN' })).said).toMatchObject({ locale: 'zh-CN' });
  });

  it.each<[string, Record<string, unknown>, Record<string, unknown>]>([
    [
      'lists for maps',
      { intent: { name: 'AMAZON.YesIntent', slots: [] } },
      { session: { new: false, sessionId: 's', attributes: [], application: { applicationId: ALEXA_SKILL } } },
    ],
    ['no attributes', {}, { session: { new: false, sessionId: 's' } }],
    ['an epoch number as its timestamp', { timestamp: NOW.getTime() }, {}],
    ['no session', {}, { session: undefined }],
    ['session null', {}, { session: null }],
    ['context null', {}, { context: null }],
    ['context null and no session', {}, { context: null, session: undefined }],
    ['no locale', { locale: undefined }, {}],
  ])('is taken with %s', async (_, request, envelope) => {
    const { status, answer, said } = await ask(request, envelope);
    expect(status).toBe(200);
    expect(said).toBeDefined();
    expect(answer).toHaveProperty('response.outputSpeech.ssml');
  });

  it('with a 64-bit number as its device keeps every digit', async () => {
    const text = JSON.stringify(alexaBody({ requestId: fresh() })).replace('"device-1"', '1234567890123456789');
    expect((await send(text)).said).toMatchObject({ device: '1234567890123456789' });
  });

  it.each([
    'System.ExceptionEncountered',
    'Connections.Response',
    'SessionResumedRequest',
    'AudioPlayer.PlaybackStarted',
    'AlexaSkillEvent.SkillEnabled',
    'AlexaSkillEvent.ProactiveSubscriptionChanged',
    'Messaging.MessageReceived',
    'Reminders.ReminderCreated',
    'Alexa.Presentation.APL.UserEvent',
    'NeverSeenBefore',
    undefined,
  ])('of type %s is an event: answered without a word', async (type) => {
    const { status, said, answer } = await ask({ type }, { session: undefined });
    expect(status).toBe(200);
    expect(said).toBeUndefined();
    expect(answer).toEqual({ version: '1.0', response: {} });
  });

  it('that ends the session is told to the turn and gets no speech', async () => {
    const { said, answer } = await ask({ type: 'SessionEndedRequest', reason: 'USER_INITIATED' });
    expect(said).toMatchObject({ kind: 'end' });
    expect(answer).toMatchObject({ version: '1.0', response: {} });
  });

  it('that is a skill event may be an hour old', async () => {
    const old = new Date(NOW.getTime() - 3_000_000).toISOString();
    expect((await ask({ type: 'AlexaSkillEvent.SkillDisabled', timestamp: old }, { session: undefined })).status).toBe(
      200,
    );
    expect((await ask({ type: 'LaunchRequest', timestamp: old })).status).toBe(400);
  });
});

describe('a reply', () => {
  const respond = async (reply: Parameters<typeof send>[1]) =>
    (await ask({}, {}).then(() => send(alexaBody({ requestId: fresh() }), reply))).answer;

  it("is speech, a card and an open session, through the vendor's kit", async () => {
    expect(await respond({ text: 'Tom & Jerry <b>', reprompt: { text: 'Yes or no?' } })).toMatchObject({
      version: '1.0',
      userAgent: expect.stringContaining('ask-node'),
      sessionAttributes: {},
      response: {
        outputSpeech: { type: 'SSML', ssml: '<speak>Tom &amp; Jerry &lt;b&gt;</speak>' },
        reprompt: { outputSpeech: { type: 'SSML', ssml: '<speak>Yes or no?</speak>' } },
        card: { type: 'Simple', content: 'Tom & Jerry <b>' },
        shouldEndSession: false,
      },
    });
  });

  it('has its markup inside one root element', async () => {
    for (const markup of [
      '<speak>One<break time="500ms"/></speak>',
      '<speak version="1.0" xml:lang="en-US">One<break time="500ms"/></speak>\n',
    ]) {
      expect(await respond({ markup })).toHaveProperty(
        'response.outputSpeech.ssml',
        '<speak>One<break time="500ms"/></speak>',
      );
    }
  });

  it('ends the session when it does not listen, also with a reprompt', async () => {
    expect(await respond({ listen: false, reprompt: { text: 'x' } })).toMatchObject({
      response: { shouldEndSession: true },
    });
    expect(await respond({ end: true, reprompt: { text: 'x' } })).toMatchObject({
      response: { shouldEndSession: true },
    });
  });

  it('never lets words become markup', async () => {
    for (const text of [
      '<audio src="https://evil.example/x.mp3"/>',
      ']]>',
      '&#60;audio/&#62;',
      '</speak><speak>',
      '\u0000\u0008\ud800 \u202e',
      '&lt;break/&gt;',
    ]) {
      const answer = (await respond({ text })) as Record<string, { outputSpeech: { ssml: string } }>;
      const ssml = answer.response?.outputSpeech.ssml ?? '';
      expect(ssml.match(/<[^>]*>/g)).toEqual(['<speak>', '</speak>']);
      expect(ssml).not.toMatch(/[\p{Cc}\p{Cs}\p{Bidi_C}]/u);
    }
  });
});
