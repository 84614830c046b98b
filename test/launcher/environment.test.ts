import { randomBytes } from 'node:crypto';
import { readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { ConfigProblems, Environment, readConfig } from '../../src/config.ts';
import { createLog } from '../../src/log.ts';

const key = () => randomBytes(32).toString('base64');
const SECRETS = { SECRET_KEYS: `new:${key()},old:${key()}`, FIELD_KEYS: `f1:${key()}`, INDEX_KEY: key() };

function problems(env: Record<string, string>): string[] {
  try {
    readConfig(env);
    return [];
  } catch (error) {
    if (error instanceof ConfigProblems) return error.problems;
    throw error;
  }
}

describe('the environment', () => {
  it('needs nothing at all', () => {
    expect(readConfig({})).toMatchObject({
      port: 8080,
      host: '127.0.0.1',
      sampleData: true,
      mfa: 'optional',
      digest: 'sha256',
      fieldCipher: 'aes',
    });
  });

  it('counts an empty variable as unset', () => {
    expect(readConfig({ PORT: '', REDIS_URL: '', MFA: '' })).toEqual(readConfig({}));
  });

  it('tells all that is wrong at once, by name and without values', () => {
    const wrong = {
      PORT: '99999',
      MFA: 'perhaps',
      PUBLIC_URL: 'example.org',
      FIELD_KEYS: 'hunter2',
      TURN_URLS: 'turn:a',
    };
    const told = problems(wrong);
    expect(told.map((line) => line.split(' ')[0]).sort()).toEqual([
      'FIELD_KEYS',
      'MFA',
      'PORT',
      'PUBLIC_URL',
      'TURN_SECRET',
    ]);
    expect(told.join()).not.toContain('hunter2');
  });

  it('loads the sample community only where no database is named, unless asked to', () => {
    const DATABASE_URL = 'postgres://db/x';
    expect(readConfig({ ...SECRETS, DATABASE_URL }).sampleData).toBe(false);
    expect(readConfig({ ...SECRETS, DATABASE_URL }).mfa).toBe('required');
    expect(readConfig({ ...SECRETS, DATABASE_URL, SAMPLE_DATA: 'true' }).sampleData).toBe(true);
  });

  it('refuses a demonstration clock outside the sample community', () => {
    const DEMO_CLOCK = '2026-11-23T09:30';
    expect(readConfig({ DEMO_CLOCK }).demoClock?.toISOString()).toBe('2026-11-23T01:30:00.000Z');
    expect(problems({ ...SECRETS, DATABASE_URL: 'postgres://db/x', DEMO_CLOCK })).toHaveLength(1);
    expect(problems({ SAMPLE_DATA: 'false', DEMO_CLOCK })).toHaveLength(1);
    expect(problems({ DEMO_CLOCK: '2026-13-45T09:30:00Z' })).toHaveLength(1);
  });

  it('names each secret that is missing beside a database', () => {
    const told = problems({ DATABASE_URL: 'postgres://db/x', FIELD_KEYS: SECRETS.FIELD_KEYS });
    expect(told.map((line) => line.split(' ')[0])).toEqual(['SECRET_KEYS', 'INDEX_KEY']);
  });

  it('takes one kind of Redis', () => {
    expect(readConfig({ REDIS_CLUSTER_URLS: 'redis://:p%40ss@a:1,redis://:p%40ss@b:2' }).redis).toEqual({
      cluster: ['redis://:p%40ss@a:1', 'redis://:p%40ss@b:2'],
      password: 'p@ss',
    });
    expect(readConfig({ REDIS_SENTINELS: 'a:1,b:2', REDIS_SENTINEL_NAME: 'main' }).redis).toEqual({
      sentinels: ['a:1', 'b:2'],
      name: 'main',
    });
    expect(problems({ REDIS_URL: 'redis://a', REDIS_CLUSTER_URLS: 'redis://b' })).toHaveLength(1);
    expect(problems({ REDIS_SENTINELS: 'a:1' })).toHaveLength(1);
  });

  it('leaves a brand closed until its id and secret are there', () => {
    const config = readConfig({ XIAOAI_APP_ID: '1', XIAOAI_KEY_ID: '2', ALEXA_SKILL_ID: 'amzn1' });
    expect(config.xiaoai).toBeUndefined();
    expect(config.brandsLack.xiaoai).toEqual(['XIAOAI_SECRET']);
    expect(config.alexa?.skillId).toBe('amzn1');
    expect(config.brandsLack.alexa).toEqual([]);
  });

  it('is documented in .env.example, every variable and no other', () => {
    const example = readFileSync('.env.example', 'utf8');
    const named = [...example.matchAll(/^#?([A-Z_]+)=/gm)].map((match) => match[1]);
    expect(named.sort()).toEqual(Object.keys(Environment.properties).sort());
  });

  it('has an example whose values are right', () => {
    const lines = readFileSync('.env.example', 'utf8').matchAll(/^#([A-Z_]+)=(.+)$/gm);
    const wrong = [...lines].flatMap(([, name = '', value = '']) =>
      problems({ [name]: value }).filter((line) => line.startsWith(`${name} `)),
    );
    expect(wrong).toEqual([]);
  });
});

describe('the log', () => {
  it('cuts out what could name a person, and messages that quote data', () => {
    const chunks: string[] = [];
    const log = createLog({}, { write: (chunk) => void chunks.push(chunk) });
    const canary = '13800000000';
    log.info({ phone: canary, resident: { name: canary, deep: { idNumber: canary } }, text: canary }, 'turn');
    log.info(
      { req: { id: '1', method: 'GET', url: `/speaker?token=${canary}`, headers: { cookie: canary } } },
      'request',
    );
    log.error({ err: new SyntaxError(`Unexpected token in ${canary}`) }, 'failed');
    log.error({ err: new Error('refused', { cause: Object.assign(new Error(canary), { code: '23505' }) }) }, 'failed');
    const written = chunks.join('');
    expect(written).not.toContain(canary);
    expect(written).toContain('23505');
    expect(written.trim().split('\n')).toHaveLength(4);
  });
});
