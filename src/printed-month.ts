/** The month on paper: A4, black on white, one table under another. Needs a Chinese font of the system; pdfkit is loaded when it is asked for. */
import { existsSync } from 'node:fs';
import type { Figures } from './api/oversight.ts';
import type { Words } from './api/words.ts';

/** Where Debian's fonts-wqy-microhei and macOS keep one; a collection wants the name of the face in it. */
const FONTS = [
  { path: '/usr/share/fonts/truetype/wqy/wqy-microhei.ttc', face: 'WenQuanYiMicroHei' },
  { path: '/System/Library/Fonts/STHeiti Light.ttc', face: 'STHeitiSC-Light' },
  { path: '/usr/share/fonts/opentype/noto/NotoSansCJK-Regular.ttc', face: 'NotoSansCJKsc-Regular' },
];

type Cell = string | number;
interface Table {
  title: string;
  head: string[];
  rows: Cell[][];
}

/** @returns prints a month; undefined where the system has no Chinese font */
export function createPrintedMonth(words: Pick<Words, 'text'>, fonts = FONTS) {
  const word = (name: string) => words.text('report', name);
  return {
    async month(figures: Figures): Promise<Buffer | undefined> {
      const font = fonts.find(({ path }) => existsSync(path));
      if (!font) return undefined;
      const { default: Document } = await import('pdfkit');
      const info = {
        Title: `${word('title')} ${figures.month}`,
        CreationDate: new Date(`${figures.month}-01T00:00:00Z`),
      };
      const page = new Document({ size: 'A4', margin: MARGIN, info, bufferPages: true });
      page.registerFont('cn', font.path, font.face).font('cn');
      const parts: Buffer[] = [];
      page.on('data', (part: Buffer) => parts.push(part));
      const ended = new Promise<void>((resolve) => page.on('end', resolve));
      page.fontSize(20).text(word('title')).fontSize(13).fillColor('#45534d').text(figures.month).fillColor('#1f2d28');
      for (const table of tablesOf(figures, word)) write(page, table, () => word('nothing'));
      number(page);
      page.end();
      await ended;
      return Buffer.concat(parts);
    },
  };
}

const MARGIN = 56;
const LINE = 21;
type Page = InstanceType<typeof import('pdfkit')>;

function write(page: Page, { title, head, rows }: Table, nothing: () => string): void {
  const width = page.page.width - 2 * MARGIN;
  const first = head.length === 1 ? width : width * 0.4;
  const other = head.length > 1 ? (width - first) / (head.length - 1) : 0;
  const left = (column: number) => (column === 0 ? MARGIN : MARGIN + first + (column - 1) * other);
  const room = (lines: number) => {
    if (page.y + lines * LINE > page.page.height - MARGIN - LINE) page.addPage();
  };
  const row = (cells: Cell[], colour: string) => {
    room(1);
    const { y } = page;
    page.fontSize(10.5).fillColor(colour);
    for (const [column, cell] of cells.entries()) {
      const align = column === 0 ? 'left' : 'right';
      page.text(String(cell), left(column), y, { width: (column === 0 ? first : other) - 8, align, lineBreak: false });
    }
    page
      .moveTo(MARGIN, y + LINE - 5)
      .lineTo(MARGIN + width, y + LINE - 5)
      .lineWidth(0.4)
      .stroke('#dfdbd0');
    page.x = MARGIN;
    page.y = y + LINE;
  };
  room(3);
  page.y += 14;
  page.fontSize(13).fillColor('#124b3f').text(title, MARGIN, page.y);
  page.y += 4;
  row(rows.length > 0 ? head : [nothing()], '#5a6761');
  for (const cells of rows) row(cells, '#1f2d28');
}

function number(page: Page): void {
  const { start, count } = page.bufferedPageRange();
  for (let n = start; n < start + count; n += 1) {
    page.switchToPage(n);
    const y = page.page.height - MARGIN + 14;
    page.page.margins.bottom = 0; // else a line below the margin begins another page
    page
      .fontSize(9)
      .fillColor('#5a6761')
      .text(`${n + 1} / ${count}`, MARGIN, y, { width: page.page.width - 2 * MARGIN, align: 'center' });
  }
}

const share = (part: number, whole: number) => (whole > 0 ? `${Math.round((part / whole) * 100)}%` : '—');
const rounded = (seconds: number | null) => (seconds === null ? '—' : Math.round(seconds));

function tablesOf(figures: Figures, word: (name: string) => string): Table[] {
  const { turns, waits, lights } = figures;
  const counted = (title: string, rows: Cell[][], second = word('count')): Table => ({
    title,
    head: ['', second],
    rows,
  });
  return [
    {
      title: word('errands'),
      head: [word('errand'), word('begun'), word('finished'), word('left')],
      rows: figures.errands.map((one) => [one.text, one.begun, one.finished, one.left]),
    },
    counted(word('lights'), [
      [word('late'), lights.late],
      [word('soon'), lights.soon],
      [word('inTime'), lights.good],
      [word('askedTwice'), lights.askedTwice],
    ]),
    {
      title: word('finishedCases'),
      head: ['', word('count'), word('inTime')],
      rows: figures.finished.map(({ matter, count, inTime }) => [matter, count, inTime]),
    },
    counted(
      word('levels'),
      figures.levels.map(({ serviceText, text, count }) => [`${serviceText} · ${text}`, count]),
    ),
    {
      title: word('places'),
      head: ['', word('count'), word('good'), word('bad')],
      rows: figures.places.map(({ place, count, good, bad }) => [place, count, good, bad]),
    },
    {
      title: word('tickets'),
      head: ['', word('count'), word('open'), word('overdue')],
      rows: figures.tickets.map(({ text, count, open, overdue }) => [text, count, open, overdue]),
    },
    counted(
      word('handOvers'),
      figures.handOvers.map(({ text, count }) => [text, count]),
    ),
    counted(word('waits'), [
      [word('calls'), waits.calls],
      [word('answered'), `${waits.answered} (${share(waits.answered, waits.calls)})`],
      [word('median'), rounded(waits.median)],
      [word('longest'), rounded(waits.longest)],
    ]),
    counted(word('special'), [
      [word('count'), figures.special],
      [word('unreached'), figures.unreached],
      [word('repair'), `${turns.mended} / ${turns.retried} (${share(turns.mended, turns.retried)})`],
    ]),
  ];
}
