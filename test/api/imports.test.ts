import { randomUUID } from 'node:crypto';
import { eq } from 'drizzle-orm';
import fc from 'fast-check';
import { beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { writeExcel } from '../../src/services/spreadsheets/spreadsheet.ts';
import { audit, resident, speaker, speakerHistory } from '../../src/store/schema.ts';
import { freshDatabase, freshLite } from '../support/stores.ts';
import { csv, HEADING, homeOf, SPECIAL, upload, uploadForm } from './files.ts';
import { ask, type Client, openStage, type Stage } from './stage.ts';

/** 序列号,设备号 and a home in GBK, as Excel in Chinese saves it. */
const GBK = Buffer.from(
  'd0f2c1d0bac52cc9e8b1b8bac52cd0a1c7f82cc2a5b6b02cc3c5c5c62cb7bfbce40d0a474b2d312c676b2d312cbcbebeb0b7e5b8f32c33bac5c2a52c6e6561722d3130312cbfcdccfc0d0a',
  'hex',
);

describe.each([
  ['PostgreSQL', freshDatabase],
  ['PGlite', freshLite],
])('a file of speakers, on %s', (_name, fresh) => {
  let stage: Stage;
  let operator: Client;
  beforeAll(async () => {
    stage = await openStage({ fresh });
  });
  beforeEach(async () => {
    operator = await stage.signIn('operator');
    await stage.redis.redis.flushall();
    operator = await stage.signIn('operator');
  });
  const rows = () => stage.database.db.select().from(speaker);
  const bySerial = async (serial: string) =>
    (await stage.database.db.select().from(speaker).where(eq(speaker.serial, serial)))[0];

  it('is tried out without writing anything, and says of each row what is wrong', async () => {
    const before = (await rows()).length;
    const file = csv(
      `OK-1,社区音箱,ok-1,${homeOf('near')},客厅`,
      `,小度,d-2,,,,`,
      `OK-1,小度,d-3,,,,`,
      `SN-near,小度,d-4,,,,`,
      `OK-5,电视机,d-5,,,,`,
      `OK-6,小度,d-6,季景峰阁,,,`,
      `OK-7,小度,d-7,季景峰阁,3号楼,没有这家,`,
      `OK-8,小度,,,,,`,
    );
    const { status, body } = await upload(stage, operator, file, { dryRun: true });
    expect([status, body.applied, body.dryRun, body.total, body.wrong]).toEqual([200, false, true, 8, 7]);
    const found = body.rows.map((row: { row: number; faults: { field: string; code: string }[] }) => [
      row.row,
      row.faults.map(({ field, code }) => `${field} ${code}`).join(),
    ]);
    expect(found).toEqual([
      [2, ''],
      [3, 'serial missing'],
      [4, 'serial twice'],
      [5, 'serial taken'],
      [6, 'brand unknown'],
      [7, 'address incomplete'],
      [8, 'address no_such_home'],
      [9, 'deviceId missing'],
    ]);
    expect(body.rows[6].faults[0].text).toBe('没有登记过这个地址的住户');
    expect(body.rows[4].brandText).toBe('电视机');
    expect((await rows()).length).toBe(before);
  });

  it('is written whole or not at all', async () => {
    const before = (await rows()).length;
    const refused = await upload(stage, operator, csv(`A-1,小度,a-1,,,,`, `A-2,小度,a-1,,,,`));
    expect([refused.status, refused.body.applied, refused.body.wrong]).toEqual([422, false, 1]);
    expect((await rows()).length).toBe(before);
    const taken = await upload(stage, operator, csv(`A-1,,a-1,${homeOf('near')},客厅`, `A-2,小度,a-2,,,,`));
    expect([taken.status, taken.body.applied]).toEqual([200, true]);
    expect((await rows()).length).toBe(before + 2);
    expect(await bySerial('A-1')).toMatchObject({ status: 'bound', room: '客厅', brand: 'speaker' });
    expect(await bySerial('A-2')).toMatchObject({ status: 'new', householdId: null, tokenHash: null });
    const made = await bySerial('A-1');
    const history = await stage.database.db
      .select()
      .from(speakerHistory)
      .where(eq(speakerHistory.speakerId, made?.id ?? ''));
    expect(history.map(({ what }) => what).sort()).toEqual(['bound', 'registered']);
    expect(history.every(({ byStaff }) => byStaff === stage.world.staff.operator)).toBe(true);
    const noted = await stage.database.db.select().from(audit).where(eq(audit.action, 'speaker.imported'));
    expect(noted.at(-1)).toMatchObject({ fields: ['count:2'], actorId: stage.world.staff.operator });
  });

  it('hands out the token of our own speakers once, and the same upload again writes nothing again', async () => {
    const key = randomUUID();
    const file = csv('K-1,社区音箱,k-1,,,,', 'K-2,小爱同学,k-2,,,,');
    const first = await upload(stage, operator, file, { key });
    expect(first.body.rows.map(({ token }: { token: string | null }) => typeof token)).toEqual(['string', 'object']);
    const count = (await rows()).length;
    const again = await upload(stage, operator, file, { key });
    expect([again.status, again.body.applied, again.body.rows[0].token]).toEqual([200, true, null]);
    expect((await rows()).length).toBe(count);
    const anew = await upload(stage, operator, file);
    expect([anew.status, anew.body.wrong]).toEqual([422, 2]);
  });

  it('may be GBK, UTF-8 with a mark, UTF-16, with tabs, or Excel', async () => {
    const text = `${HEADING}\r\nU-1,小度,u-1,${homeOf('near')},卧室\r\n`;
    const files: [Buffer, string][] = [
      [GBK, 'GK-1'],
      [Buffer.from(`\uFEFF${text}`, 'utf8'), 'U-1'],
      [Buffer.from(`\uFEFF${text.replaceAll('U-1', 'U-2').replaceAll('u-1', 'u-2')}`, 'utf16le'), 'U-2'],
      [Buffer.from(text.replaceAll('U-1', 'U-3').replaceAll('u-1', 'u-3').replaceAll(',', '\t'), 'utf8'), 'U-3'],
      [
        await writeExcel(
          [HEADING.split(','), ['00712345678901234', '小度', 'x-1', '季景峰阁', '3号楼', 'near-101', '厨房']],
          's',
        ),
        '00712345678901234',
      ],
    ];
    for (const [file, serial] of files) {
      const { status, body } = await uploadForm(stage, operator, file, 'speakers');
      expect([serial, status, body.rows?.[0]?.faults]).toEqual([serial, 200, []]);
      expect(await bySerial(serial)).toMatchObject({ status: 'bound' });
    }
  });

  it('keeps the numbers of its rows when there are empty ones between', async () => {
    const { body } = await upload(stage, operator, csv('', 'E-1,小度,e-1,,,,', ',,,,,,', 'E-1,小度,e-2,,,,'), {
      dryRun: true,
    });
    expect(body.rows.map(({ row }: { row: number }) => row)).toEqual([3, 5]);
  });

  it('that is no table is refused in words', async () => {
    const { words } = stage.parts;
    for (const bytes of [
      Buffer.from('PK\x03\x04 no archive', 'latin1'),
      Buffer.from([0xd0, 0xcf, 0x11, 0xe0, 0, 0]),
      Buffer.from('a,"b\n'.repeat(3)),
    ]) {
      const { status, body } = await upload(stage, operator, bytes);
      expect([status, body.code, body.title]).toEqual([422, 'FILE_UNREADABLE', words.problem('FileUnreadable')]);
    }
    expect((await upload(stage, operator, Buffer.from('姓名,电话\n王,1'))).body.faults[0].code).toBe('no_header');
    expect((await upload(stage, operator, csv())).body.faults[0].code).toBe('empty');
    expect((await upload(stage, operator, Buffer.alloc(0))).status).toBe(400);
    expect((await upload(stage, operator, Buffer.alloc(6 * 1024 * 1024, 65))).status).toBe(400);
    expect((await uploadForm(stage, operator, Buffer.alloc(6 * 1024 * 1024, 65), 'big.csv')).status).toBe(422);
  });

  it('has a template that is itself a right file', async () => {
    for (const format of ['csv', 'xlsx']) {
      const answer = await stage.app.inject({
        method: 'GET',
        url: `/api/speakers/import/template?format=${format}`,
        headers: { cookie: operator.cookie },
      });
      expect(answer.headers['content-disposition']).toContain(`.${format}`);
      const { status, body } = await upload(stage, operator, answer.rawPayload, { dryRun: true });
      expect([format, status, body.total, body.faults]).toEqual([format, 200, 2, []]);
    }
  });
});

/** Whoever tries a hundred files in a test is no stranger trying numbers. */
async function uncounted({ redis: { redis } }: Stage): Promise<void> {
  const counted = await redis.keys('rate:*import:*');
  if (counted.length > 0) await redis.del(...counted);
}

describe('hostile files', () => {
  let stage: Stage;
  let operator: Client;
  beforeAll(async () => {
    stage = await openStage();
    operator = await stage.signIn('operator');
  });

  const cell = fc.oneof(
    fc.constantFrom(
      'SN-1',
      'SN-near',
      '小度',
      'speaker',
      '季景峰阁',
      '3号楼',
      'near-101',
      '',
      '=1+1',
      '"',
      '\u202e',
      "'; drop table speaker; --",
      '%_\\',
    ),
    fc.string({ unit: 'binary', maxLength: 100 }),
  );
  const table = fc
    .array(fc.array(cell, { maxLength: 9 }), { maxLength: 12 })
    .map((lines) => Buffer.from([HEADING, ...lines.map((line) => line.join(','))].join('\n'), 'utf8'));
  const anything = fc.oneof(table, fc.uint8Array({ maxLength: 400 }).map(Buffer.from));

  it('never break the server, and never leave half of themselves behind', async () => {
    let before = await stage.database.db.$count(speaker);
    await fc.assert(
      fc.asyncProperty(anything, async (bytes) => {
        await uncounted(stage);
        const { status, body } = await upload(stage, operator, bytes);
        expect([200, 400, 422]).toContain(status);
        const after = await stage.database.db.$count(speaker);
        expect(after - before).toBe(status === 200 ? body.total : 0);
        before = after;
      }),
      { numRuns: 120 },
    );
  });

  it('an archive that claims to unpack into gigabytes is not unpacked', async () => {
    const real = await writeExcel([HEADING.split(','), ['B-1', '小度', 'b-1', '', '', '', '']], 's');
    const entry = real.lastIndexOf(Buffer.from([0x50, 0x4b, 0x01, 0x02]));
    real.writeUInt32LE(0xf0000000, entry + 24);
    const { status, body } = await upload(stage, operator, real);
    expect([status, body.code]).toEqual([422, 'FILE_UNREADABLE']);
  });

  it('come back harmless: what a spreadsheet would compute leaves as text', async () => {
    await uncounted(stage);
    const names = ['=HYPERLINK("http://x")', '+1', '-1', '@sum', '＝1'];
    const lines = names.map((name, n) => `"${name.replaceAll('"', '""')}",小度,f-${n},,,,`);
    expect((await upload(stage, operator, csv(...lines))).status).toBe(200);
    const { text } = await ask(stage.app, {
      method: 'GET',
      url: '/api/speakers/export?format=csv',
      headers: { cookie: operator.cookie },
    });
    for (const name of names) expect(text).toContain(`"'${name.replaceAll('"', '""')}"`);
    const cells = text
      .split('\r\n')
      .flatMap((line) => line.split('","').map((part) => part.replace(/^\uFEFF?"|"$/g, '')));
    expect(cells.filter((one) => /^[=+\-@＝＋－＠\t\r]/.test(one))).toEqual([]);
  });

  it('a thousand speakers, with faults in every fiftieth row, are answered (measured, printed)', async () => {
    const line = (n: number) => `M-${n % 50 === 7 ? 7 : n},小度,m-${n},${homeOf('near')},`;
    const thousand = csv(...Array.from({ length: 1000 }, (_, n) => line(n)));
    const begun = performance.now();
    const wrong = await upload(stage, operator, thousand);
    const tried = performance.now();
    const right = await upload(stage, operator, csv(...Array.from({ length: 1000 }, (_, n) => `R-${n},,r-${n},,,,`)));
    const written = performance.now();
    console.log(
      `1000 rows: report of faults ${Math.round(tried - begun)} ms, written ${Math.round(written - tried)} ms`,
    );
    expect([wrong.status, wrong.body.wrong, right.status, right.body.applied]).toEqual([422, 19, 200, true]);
  });
});

describe('the special list of a file', () => {
  const NEAR = '13900000001';
  const LIST = [
    ['姓名', '身份证号', '联系电话', '级别'],
    ['欧阳秀英', '', NEAR, '二级'],
  ];
  /** The same in GBK, as Excel in Chinese saves it. */
  const GBK_LIST = Buffer.concat([
    Buffer.from('c1aacfb5b5e7bbb02cbcb6b1f00d0a', 'hex'),
    Buffer.from(`${NEAR},`),
    Buffer.from('d2bbbcb60d0a', 'hex'),
  ]);
  let stage: Stage;
  let supervisor: Client;
  beforeAll(async () => {
    stage = await openStage();
    supervisor = await stage.signIn('supervisor');
    const set = { phoneIndex: stage.fields.index(NEAR), name: '欧阳秀英' };
    await stage.database.db
      .update(resident)
      .set(set)
      .where(eq(resident.id, stage.world.rows.residents?.near ?? ''));
  });
  const listed = async () => {
    const rows = await stage.database.db.select().from(resident);
    return rows.flatMap(({ flags: { special } }) => (special ? [special.grade] : []));
  };
  const send = (bytes: Buffer, dryRun = false) => upload(stage, supervisor, bytes, { dryRun, to: SPECIAL });

  it('is told line by line, masked, and written when it is asked for without a trial', async () => {
    const excel = await writeExcel([...LIST, ['', '', '13802155678', '一级'], ['', '', '139', '']], '名单');
    const trial = await send(excel, true);
    expect([trial.status, trial.body]).toMatchObject([200, { ok: false, applied: false, total: 3, wrong: 2 }]);
    const [right, shared, wrong] = trial.body.rows;
    expect(right).toEqual({
      row: 2,
      resident: { id: stage.world.rows.residents?.near, name: '欧*' },
      grade: 2,
      was: null,
      changeText: '新列入',
      faults: [],
    });
    expect(shared.faults).toEqual([
      { field: 'number', fieldText: '号码', code: 'several', text: '这个号码不止一个人，请写身份证号或姓名' },
    ]);
    expect(wrong.faults.map(({ code }: { code: string }) => code)).toEqual(['number', 'grade']);
    expect((await send(excel)).status).toBe(422);
    expect(await listed()).toEqual([]);
    const done = await uploadForm(stage, supervisor, await writeExcel(LIST, '名单'), 'list.xlsx', SPECIAL);
    expect([done.status, done.body.applied, done.body.changed]).toEqual([200, true, 1]);
    expect(await listed()).toEqual([2]);
    const gbk = await send(GBK_LIST);
    expect([gbk.status, gbk.body.rows[0].changeText]).toEqual([200, '改级别']);
    expect(await listed()).toEqual([1]);
    const text = await supervisor.post(SPECIAL, { csv: `${NEAR},3`, whole: true });
    expect([text.status, text.body.changed, text.body.leaving]).toEqual([200, 1, 0]);
    expect(await listed()).toEqual([3]);
  });

  it('has a template whose headings are understood', async () => {
    for (const format of ['csv', 'xlsx']) {
      const address = `${SPECIAL}/template?format=${format}`;
      const answer = await stage.app.inject({ method: 'GET', url: address, headers: { cookie: supervisor.cookie } });
      expect(answer.headers['content-disposition']).toContain(`.${format}`);
      const { body } = await send(answer.rawPayload, true);
      expect([format, body.total, body.faults]).toEqual([format, 2, []]);
      const codes = body.rows.flatMap((row: { faults: { code: string }[] }) => row.faults.map(({ code }) => code));
      expect(codes).toEqual(['nobody', 'nobody']);
    }
  });

  it('that is hostile breaks nothing and leaves nothing behind', async () => {
    const real = await writeExcel(LIST, '名单');
    const cell = fc.oneof(
      fc.constantFrom(NEAR, '13802155678', '1', '一级', '', '=1+1', '"', '\u0000', '1.39E+10', '９'),
      fc.string({ unit: 'binary', maxLength: 200 }),
      fc.constant('9'.repeat(70_000)),
    );
    const table = fc
      .array(fc.array(cell, { maxLength: 4 }), { maxLength: 6 })
      .map((lines) => Buffer.from(['手机号,级别', ...lines.map((line) => line.join(','))].join('\n'), 'utf8'));
    const torn = fc
      .array(fc.tuple(fc.nat(real.length - 1), fc.nat(255)), { minLength: 1, maxLength: 12 })
      .map((bytes) => {
        const file = Buffer.from(real);
        for (const [at, to] of bytes) file.writeUInt8(to, at);
        return file;
      });
    const cut = fc.nat(real.length - 1).map((length) => real.subarray(0, length));
    const listNear = () =>
      stage.database.db
        .update(resident)
        .set({ flags: { special: { grade: 3 } } })
        .where(eq(resident.phoneIndex, stage.fields.index(NEAR)));
    const before = await listed();
    const files = fc.oneof(table, torn, cut, fc.uint8Array({ maxLength: 300 }).map(Buffer.from));
    await fc.assert(
      fc.asyncProperty(files, async (bytes) => {
        await uncounted(stage);
        const { status, body } = await send(bytes, true);
        expect([200, 400, 422]).toContain(status);
        if (status === 200) expect(body.applied).toBe(false);
        expect(await listed()).toEqual(before);
        const written = await send(bytes);
        expect([200, 400, 422]).toContain(written.status);
        if (written.status !== 200) expect(await listed()).toEqual(before);
        else await listNear();
      }),
      { numRuns: 60 },
    );
  });
});
