/** Softmax regression by stochastic gradient steps with AdaGrad; the same seed gives the same weights. */
import { seeded } from '../grammar/sentences.ts';
import { BUCKETS, features, type Tokens } from './features.ts';
import type { Model } from './model.ts';

export interface Example {
  tokens: Tokens;
  label: number;
}

const EPOCHS = 6;
const DROPPED = 0.3; // share of a sentence's features that a step does not see: none may be relied on alone
const SETTLED = 2; // epochs before the weights are averaged: their mean is steadier than the last of them
const RATE = 0.5;
const DECAY = 2e-6;
const BIAS_RATE = 0.02;
const SMALL = 0.004; // gradients below this are not worth a write

interface Work {
  weights: Float32Array;
  history: Float32Array;
  bias: Float32Array;
  scores: Float32Array;
}

function softmax(scores: Float32Array): void {
  let top = -Infinity;
  for (const s of scores) top = Math.max(top, s);
  let sum = 0;
  for (let c = 0; c < scores.length; c++) {
    scores[c] = Math.exp((scores[c] as number) - top);
    sum += scores[c] as number;
  }
  for (let c = 0; c < scores.length; c++) scores[c] = (scores[c] as number) / sum;
}

function forward(work: Work, found: Int32Array, norm: number): void {
  const { weights, scores } = work;
  const classes = scores.length;
  scores.fill(0);
  for (let k = 0; k < found.length; k++) {
    const row = (found[k] as number) * classes;
    for (let c = 0; c < classes; c++) scores[c] = (scores[c] as number) + (weights[row + c] as number);
  }
  for (let c = 0; c < classes; c++) scores[c] = (scores[c] as number) * norm + (work.bias[c] as number);
  softmax(scores);
}

function backward(work: Work, found: Int32Array, c: number, gradient: number): void {
  const { weights, history } = work;
  const classes = work.scores.length;
  const square = gradient * gradient;
  for (let k = 0; k < found.length; k++) {
    const w = (found[k] as number) * classes + c;
    const seen = (history[w] as number) + square;
    history[w] = seen;
    weights[w] = (weights[w] as number) * (1 - DECAY) - (RATE * gradient) / (0.02 + Math.sqrt(seen));
  }
}

function step(work: Work, found: Int32Array, label: number, weight: number): void {
  const norm = 1 / Math.sqrt(Math.max(found.length, 1));
  forward(work, found, norm);
  for (let c = 0; c < work.scores.length; c++) {
    const gradient = ((work.scores[c] as number) - (c === label ? 1 : 0)) * weight;
    if (Math.abs(gradient) < SMALL) continue;
    work.bias[c] = (work.bias[c] as number) - BIAS_RATE * gradient;
    backward(work, found, c, gradient * norm);
  }
}

function addTo(sum: Float32Array, values: Float32Array, share: number): void {
  for (let k = 0; k < sum.length; k++) sum[k] = (sum[k] as number) + (values[k] as number) * share;
}

function quantise(weights: Float32Array, bias: Float32Array): Model {
  let most = 0;
  for (const w of weights) most = Math.max(most, Math.abs(w));
  const scale = most / 127 || 1;
  const small = new Int8Array(weights.length);
  for (let k = 0; k < weights.length; k++) small[k] = Math.round((weights[k] as number) / scale);
  return { classes: bias.length, weights: small, scale, bias };
}

/** Trains on labelled sentences; classes are evened out, so that an intent with many templates does not drown the others. */
export function train(examples: Example[], classes: number, seed: number): Model {
  const random = seeded(seed);
  const found = new Int32Array(4000);
  const seen = new Uint8Array(BUCKETS);
  const rows = examples.map(({ tokens }) => found.slice(0, features(tokens, found, seen)));
  const counts = new Float64Array(classes);
  for (const { label } of examples) counts[label] = (counts[label] as number) + 1;
  const even = examples.length / classes;
  const work: Work = {
    weights: new Float32Array(BUCKETS * classes),
    history: new Float32Array(BUCKETS * classes),
    bias: new Float32Array(classes),
    scores: new Float32Array(classes),
  };
  const mean = new Float32Array(work.weights.length);
  const meanBias = new Float32Array(classes);
  const order = examples.map((_, k) => k);
  for (let epoch = 0; epoch < EPOCHS; epoch++) {
    for (let k = order.length - 1; k > 0; k--) {
      const j = Math.floor(random() * (k + 1));
      [order[k], order[j]] = [order[j] as number, order[k] as number];
    }
    for (const k of order) {
      const { label } = examples[k] as Example;
      step(
        work,
        (rows[k] as Int32Array).filter(() => random() >= DROPPED),
        label,
        Math.min(2, Math.max(0.5, Math.sqrt(even / (counts[label] as number)))),
      );
    }
    if (epoch < SETTLED) continue;
    addTo(mean, work.weights, 1 / (EPOCHS - SETTLED));
    addTo(meanBias, work.bias, 1 / (EPOCHS - SETTLED));
  }
  return quantise(mean, meanBias);
}
