/** A speaker that speaks from where it never was at home: asked once, and learnt on her word. */
import { randomUUID } from 'node:crypto';
import { beforeAll, expect, test } from 'vitest';
import { atSpeaker, openStage, type Stage } from '../conversations/stage.ts';
import { freshDatabase } from '../support/postgres.ts';

let stage: Stage;
beforeAll(async () => {
  stage = await openStage(await freshDatabase());
});

const atHome = async () => {
  const home = await stage.home({ resident: { readyCertificates: ['老年优待证'] }, now: '2026-11-23T09:30' });
  await stage.core.services.networks.learn(home.speakerId, 'home');
  return { speaker: atSpeaker(stage, home.device), ...home };
};

test('nothing is asked where it always stands', async () => {
  const { speaker } = await atHome();
  expect((await speaker({ text: '我的事办到哪了', network: 'home' })).phrases).toContain('progress.ready');
});

test('elsewhere it is asked before anything personal, and on her word it is never asked there again', async () => {
  const { speaker, device } = await atHome();
  expect((await speaker({ text: '老年证怎么办', network: 'other' })).phrases).toContain('guide.gist');
  expect((await speaker({ text: '我的事办到哪了', network: 'other' })).phrases).toContain('common.movedHouse');
  expect((await speaker({ text: '没有', network: 'other' })).phrases).toContain('progress.ready');
  const again = await stage.core.services.homes.at({ brand: 'speaker', device });
  expect(again?.networks).toEqual(['home', 'other']);
});

test('where she has moved nothing is learnt, and the operator is to call', async () => {
  const { speaker, device } = await atHome();
  await speaker({ text: '我的事办到哪了', network: 'other' });
  expect((await speaker({ text: '是啊，搬了', network: 'other' })).phrases).toContain('conversation.movedPerson');
  expect((await stage.core.services.homes.at({ brand: 'speaker', device }))?.networks).toEqual(['home']);
});

test('a brand that tells no network is never asked', async () => {
  const { speaker } = await atHome();
  const { phrases } = await speaker({ text: '我的事办到哪了', requestId: randomUUID() });
  expect(phrases).toContain('progress.ready');
});
