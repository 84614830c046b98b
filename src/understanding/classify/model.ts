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

/** Probabilities of the classes; the array is reused by the next call. */
export function createClassifier(model: Model): (tokens: Tokens) => Float32Array {
  const found = new Int32Array(MOST_FEATURES);
  const seen = new Uint8Array(BUCKETS);
  const scores = new Float32Array(model.classes);
  const { classes, weights, scale, bias } = model;
  return (tokens) => {
    const n = features(tokens, found, seen);
    scores.fill(0);
    for (let k = 0; k < n; k++) {
      const row = (found[k] as number) * classes;
      for (let c = 0; c < classes; c++) scores[c] = (scores[c] as number) + (weights[row + c] as number);
    }
    const norm = scale / Math.sqrt(Math.max(n, 1));
    let top = -Infinity;
    for (let c = 0; c < classes; c++) {
      scores[c] = (scores[c] as number) * norm + (bias[c] as number);
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
