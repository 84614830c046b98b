/** The charts of the supervisor's view as data. Pure. */
import type { EChartsCoreOption } from 'echarts/core';
import type { CallPart } from '../../rest/records.ts';
import { t } from '../../words/clerk.ts';

const INK = '#45534d';
const LINE = '#dfdbd0';
const COLOURS = { answered: '#1d6b5a', abandoned: '#a6341f', callbacks: '#d99a2b', wait: '#2a5d86', talk: '#1d6b5a' };

/** 「9点」 of an hour, 「11-23」 of a day. */
export const partWords = (at: string): string => (at.length > 10 ? t.oClock(Number(at.slice(11))) : at.slice(5));

const common = (parts: CallPart[]): EChartsCoreOption => ({
  grid: { left: 40, right: 16, top: 40, bottom: 28 },
  legend: { top: 0, left: 0, textStyle: { color: INK, fontSize: 14 } },
  tooltip: { trigger: 'axis' },
  xAxis: {
    type: 'category',
    data: parts.map(({ at }) => partWords(at)),
    axisLabel: { color: INK },
    axisLine: { lineStyle: { color: LINE } },
  },
  yAxis: { type: 'value', minInterval: 1, axisLabel: { color: INK }, splitLine: { lineStyle: { color: LINE } } },
  animation: false,
});

/** Calls by hour or day: put through, given up, turned into callbacks. */
export const loadOption = (parts: CallPart[]): EChartsCoreOption => ({
  ...common(parts),
  series: [
    bar(
      t.putThrough,
      COLOURS.answered,
      parts.map(({ answered }) => answered),
    ),
    bar(
      t.gaveUpWaiting,
      COLOURS.abandoned,
      parts.map(({ abandoned }) => abandoned),
    ),
    bar(
      t.turnedIntoCallbacks,
      COLOURS.callbacks,
      parts.map(({ callbacks }) => callbacks),
    ),
  ],
});

/** Seconds waited and talked by hour or day; a part without calls is a gap in the line, not a nought. */
export const waitOption = (parts: CallPart[]): EChartsCoreOption => ({
  ...common(parts),
  series: [
    line(
      t.halfWaitLessThan,
      COLOURS.wait,
      parts.map(({ waitMedian }) => waitMedian),
    ),
    {
      ...line(
        t.nineInTenWaitLess,
        COLOURS.wait,
        parts.map(({ waitMost }) => waitMost),
      ),
      lineStyle: { type: 'dashed' },
    },
    line(
      t.halfTalkLessThan,
      COLOURS.talk,
      parts.map(({ talkMedian }) => talkMedian),
    ),
  ],
});

const bar = (name: string, color: string, data: number[]) => ({
  name,
  type: 'bar',
  stack: 'asked',
  barMaxWidth: 34,
  itemStyle: { color },
  data,
});

const line = (name: string, color: string, data: (number | null)[]) => ({
  name,
  type: 'line',
  connectNulls: true,
  symbolSize: 7,
  itemStyle: { color },
  data,
});
