import { describe, expect, it } from 'vitest';
import { at } from '../../../src/platforms/foreign.ts';
import { duerosBody } from '../support/brands.ts';
import { readingOf } from '../support/reading.ts';

const { send, fresh } = await readingOf('dueros', { linking: true });
const body = (request: Record<string, unknown> = {}, interfaces: unknown = { Display: [] }) =>
  duerosBody(
    { requestId: fresh(), ...request },
    {
      context: {
        System: {
          application: { applicationId: 'dueros-skill-0001' },
          user: { userId: 'u' },
          device: { deviceId: 'd', supportedInterfaces: interfaces },
        },
      },
    },
  );
const CHOICES = [
  { n: 1, text: '上午九点' },
  { n: 2, text: '下午两点' },
];
const plain = (text: string) => ({ type: 'PlainText', text });

describe('a speaker with a screen', () => {
  it('shows what is said, large and alone', async () => {
    const { answer } = await send(body(), { text: '约好了。', choices: undefined });
    expect(at(answer, 'response', 'directives')).toEqual([
      {
        type: 'Display.RenderTemplate',
        template: {
          type: 'BodyTemplate1',
          token: 'said',
          textContent: { position: 'CENTER', text: plain('约好了。') },
        },
      },
    ]);
  });

  it('shows choices as a list and as hints, and what is tapped is chosen', async () => {
    const { answer } = await send(body(), { text: '您要第几个？', choices: CHOICES });
    const [, template, hint] = at(answer, 'response', 'directives') as Record<string, unknown>[];
    expect(template).toMatchObject({ template: { type: 'ListTemplate2', title: '您要第几个？' } });
    expect(at(template, 'template', 'listItems')).toEqual([
      { token: 'choice:1', textContent: { primaryText: plain('1. 上午九点') } },
      { token: 'choice:2', textContent: { primaryText: plain('2. 下午两点') } },
    ]);
    expect(hint).toEqual({ type: 'Hint', hints: [plain('上午九点'), plain('下午两点')] });
    const { said } = await send(body({ type: 'Display.ElementSelected', token: 'choice:2' }));
    expect(said).toMatchObject({ kind: 'intent', intent: { name: 'select.number', slots: { ordinal: '2' } } });
  });

  it.each(['choice:0', 'choice:12', 'choice:', 'another', 7, null])('does nothing for a tap on %s', async (token) => {
    const { said, answer } = await send(body({ type: 'Display.ElementSelected', token }));
    expect([said, at(answer, 'response', 'outputSpeech')]).toEqual([undefined, undefined]);
  });

  it('without one is sent no template', async () => {
    for (const interfaces of [{ VoiceOutput: {} }, [], null]) {
      const { answer } = await send(body({}, interfaces), { choices: CHOICES });
      expect(JSON.stringify(at(answer, 'response', 'directives'))).not.toMatch(/Display|Hint/);
    }
  });

  it('keeps its picture out before a word is lost', async () => {
    const { answer, text } = await send(body(), { text: '长'.repeat(7000) });
    expect(at(answer, 'response', 'directives')).toEqual([]);
    expect(Buffer.byteLength(text)).toBeLessThanOrEqual(24 * 1024);
  });
});

describe('a reminder', () => {
  const reminder = { day: '2026-11-25', time: '19:00', text: '明天上午九点，到季景峰阁站。' };

  it('is asked for with the reply that promised it, and made when she permits it', async () => {
    const { answer } = await send(body({}, {}), { reminder });
    const [asked] = at(answer, 'response', 'directives') as Record<string, string>[];
    expect(asked).toMatchObject({
      type: 'Permission.AskForPermissionsConsent',
      permissions: [{ name: 'RECORD::REMINDER' }],
    });
    const granted = await send(body({ type: 'Permission.Granted', token: asked?.token }));
    expect(granted.said).toBeUndefined();
    expect(at(granted.answer, 'response')).toEqual({
      shouldEndSession: false,
      expectSpeech: false,
      directives: [
        {
          type: 'Reminder.CreateReminder',
          token: asked?.token,
          alertInfo: { spokenInfo: { content: [{ type: 'plainText', text: reminder.text }] } },
          trigger: { scheduledDate: '2026-11-25', scheduledTime: '19:00' },
        },
      ],
    });
  });

  it('is not asked for when its time is over', async () => {
    const { answer } = await send(body({}, {}), { reminder: { ...reminder, day: '2026-11-22' } });
    expect(at(answer, 'response', 'directives')).toEqual([]);
  });

  it.each([
    ['Permission.Rejected', Buffer.from(JSON.stringify(reminder)).toString('base64url')],
    ['Permission.Granted', 'not ours'],
    ['Permission.Granted', Buffer.from('{"day":"x","time":"19:00","text":"x"}').toString('base64url')],
    ['Permission.Granted', undefined],
  ])('is not made after %s with %s', async (type, token) => {
    const { answer } = await send(body({ type, token }));
    expect(at(answer, 'response')).toEqual({ shouldEndSession: false, expectSpeech: false });
  });
});

it('a speaker that nobody knows is shown the way to link its account', async () => {
  const { answer } = await send(body(), { phrase: 'conversation.unknownSpeaker', text: '还没登记。', end: true });
  expect(at(answer, 'response', 'card')).toEqual({ type: 'LinkAccount' });
  const known = await send(body(), { phrase: 'pickup.booked', text: '约好了。' });
  expect(at(known.answer, 'response', 'card')).toMatchObject({ type: 'txt' });
});
