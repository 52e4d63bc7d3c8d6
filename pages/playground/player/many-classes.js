// Of many classes a list has only some: the first ones, or those that an output says are the likeliest.

export const ALL_LISTED = 10; // classes that a list has room for
const FIRST = 6, LIKELIEST = 5; // of more, that are listed

/** How many of the classes a legend lists before it folds. @param {number} classes */
export const firstListed = (classes) => (classes > ALL_LISTED ? FIRST : classes);

/** How many of the outputs a list says. @param {number} outputs */
export const outputsListed = (outputs) => (outputs > ALL_LISTED ? LIKELIEST : outputs);

/**
 * The outputs that a list says: all of them in their order or, of many, the largest first.
 * @param {ArrayLike<number> | null} values null while they aren't known
 * @param {number} outputs how many there are
 * @returns {number[]}
 */
export function listedOutputs(values, outputs) {
  const all = Array.from({ length: outputs }, (_, k) => k);
  if (outputs <= ALL_LISTED || !values) return all.slice(0, outputsListed(outputs));
  return all.sort((a, b) => values[b] - values[a] || a - b).slice(0, LIKELIEST);
}

/** What a list leaves out, or "". @param {number} outputs */
export const othersText = (outputs) =>
  (outputs > ALL_LISTED ? `and ${outputs - LIKELIEST} more` : "");
