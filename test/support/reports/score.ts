/** Scores a partition of reports against the truth: pairs, B-cubed, and how many incidents a false merge hides. */

export interface Score {
  readonly precision: number;
  readonly recall: number;
  readonly f1: number;
  readonly b3Precision: number;
  readonly b3Recall: number;
  readonly b3F1: number;
  /** True incidents that are the largest share of no predicted incident: a reader of the list never sees them. */
  readonly hidden: number;
  readonly incidents: number;
}

const pairs = (n: number): number => (n * (n - 1)) / 2;
const harmonic = (p: number, r: number): number => (p + r === 0 ? 0 : (2 * p * r) / (p + r));

/** Both arguments hold one label for each report; a truth below 0 is a report of its own. */
export function scorePartition(truth: readonly number[], predicted: readonly (string | number)[]): Score {
  const clusters = new Map<string | number, Map<number, number>>();
  const sizes = new Map<number, number>();
  truth.forEach((label, i) => {
    const own = label < 0 ? -2 - i : label;
    const key = predicted[i] ?? `none-${i}`;
    const counts = clusters.get(key) ?? new Map<number, number>();
    clusters.set(key, counts);
    counts.set(own, (counts.get(own) ?? 0) + 1);
    sizes.set(own, (sizes.get(own) ?? 0) + 1);
  });
  let together = 0;
  let predictedPairs = 0;
  let b3p = 0;
  let b3r = 0;
  const seen = new Set<number>();
  for (const counts of clusters.values()) {
    let size = 0;
    let top = 0;
    let topLabel = 0;
    for (const [label, n] of counts) {
      size += n;
      if (n > top) [top, topLabel] = [n, label];
      together += pairs(n);
    }
    seen.add(topLabel);
    predictedPairs += pairs(size);
    for (const [label, n] of counts) {
      b3p += (n * n) / size;
      b3r += (n * n) / (sizes.get(label) ?? n);
    }
  }
  let truePairs = 0;
  for (const n of sizes.values()) truePairs += pairs(n);
  const precision = predictedPairs === 0 ? 1 : together / predictedPairs;
  const recall = truePairs === 0 ? 1 : together / truePairs;
  const b3Precision = b3p / Math.max(1, truth.length);
  const b3Recall = b3r / Math.max(1, truth.length);
  return {
    precision,
    recall,
    f1: harmonic(precision, recall),
    b3Precision,
    b3Recall,
    b3F1: harmonic(b3Precision, b3Recall),
    hidden: [...sizes.keys()].filter((label) => !seen.has(label)).length,
    incidents: sizes.size,
  };
}
