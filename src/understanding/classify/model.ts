/** Logistic regression, one row of weights a feature: trained at build time, read at run time. */
import { BUCKETS, features, type Tokens } from './features.ts';

export interface Model {
  classes: number;
  /** Quantised weights, feature-major. */
  weights: Int8Array;
  scale: number;
  bias: Float32Array;
}

const MOST_FEATURES = 3200;

/** Features that weigh anything at all: the others need no look into the table, which is larger than the caches. */
function knownFeatures({ weights, classes }: Model): Uint8Array {
  return Uint8Array.from({ length: BUCKETS }, (_, row) =>
    weights.subarray(row * classes, (row + 1) * classes).some((weight) => weight !== 0) ? 1 : 0,
  );
}

/** Probabilities of the classes; the array is reused by the next call. */
export function createClassifier(model: Model): (tokens: Tokens) => Float32Array {
  const found = new Int32Array(MOST_FEATURES);
  const seen = new Uint8Array(BUCKETS);
  const scores = new Float32Array(model.classes);
  const sums = new Int32Array(model.classes); // whole numbers until the end: twice as fast
  const { classes, weights, scale, bias } = model;
  const known = knownFeatures(model);
  return (tokens) => {
    const n = features(tokens, found, seen);
    sums.fill(0);
    for (let k = 0; k < n; k++) {
      if (known[found[k] as number] === 0) continue;
      const row = (found[k] as number) * classes;
      for (let c = 0; c < classes; c++) sums[c] = (sums[c] as number) + (weights[row + c] as number);
    }
    const norm = scale / Math.sqrt(Math.max(n, 1));
    let top = -Infinity;
    for (let c = 0; c < classes; c++) {
      scores[c] = (sums[c] as number) * norm + (bias[c] as number);
      top = Math.max(top, scores[c] as number);
    }
    let sum = 0;
    for (let c = 0; c < classes; c++) {
      scores[c] = Math.exp((scores[c] as number) - top);
      sum += scores[c] as number;
    }
    for (let c = 0; c < classes; c++) scores[c] = (scores[c] as number) / sum;
    return scores;
  };
}
