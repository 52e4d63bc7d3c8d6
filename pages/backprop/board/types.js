// The records that the parts of the board share.
//
// Entries and samples count from 0, as the engine has them; where the board prints them, it adds 1. A symbol's key, as
// "z1" or "new_W2", is a name: it counts layers from 1, as the formulas do.

/** @typedef {import("../../live/kit/colors.js").Colors} Colors */
/** @typedef {[i: number, j: number]} Entry row and column in a step's result, as the engine has it */
/** @typedef {(number | null)[][]} Rows a row for each sample; null for what is not finite */

/**
 * @typedef {object} Step
 * @property {string} key the symbol of its result
 * @property {string} phase
 * @property {number | null} layer null for the loss
 * @property {string} title
 */

/**
 * The network of the example. Layers count from 0; column l + 1 has the neurons of layer l, and column 0 the inputs.
 * @typedef {object} Network
 * @property {number[]} dims the width of each column
 * @property {number[][][]} weights of each layer: from column l to column l + 1
 * @property {Rows | null} y
 * @property {string[]} classes what the data calls the class of each output; empty where outputs stand for none
 * @property {Rows[]} a of each column
 * @property {(Rows | null)[]} z of each layer
 * @property {(Rows | null)[]} delta of each layer; null in a forward pass alone
 */

/**
 * What the board's headers hold besides what every header holds.
 * @typedef {object} BoardFields
 * @property {string} stamp names everything that the contents depend on
 * @property {number} digits decimals
 * @property {"layer" | "neuron"} by what Next goes on to
 * @property {number} at the index of the shown step
 * @property {Entry} entry the chosen one of its result
 * @property {number | null} loss_before
 * @property {number | null} loss_after
 * @property {string} loss_label
 * @property {[before: string, after: string]} loss_texts
 * @property {[phase: string, name: string][]} phases
 * @property {Step[]} steps
 * @property {Record<string, Content>} contents some steps' contents, by key
 * @property {Record<string, Sums>} entries some of the entries of some steps' results, by key
 * @property {Network} diagram
 */
/** @typedef {import("../../live/kit/protocol.js").Header & BoardFields} Header */

/**
 * A matrix as texts; of a large one its beginning.
 * @typedef {object} Matrix
 * @property {[rows: number, columns: number]} shape of all of it
 * @property {string[][]} texts
 * @property {number[][]} shares of the strongest colour, −1 … 1
 * @property {[rows: number, columns: number]} more how many are left out
 * @property {boolean} small cells without text
 * @property {boolean} dense less room around the texts
 */
/** @typedef {Matrix & { key: string, tone: number, symbol: string }} Operand symbol: MathML */

/**
 * @typedef {object} ResultFields
 * @property {string} symbol MathML
 * @property {boolean} weights whether it has the shape of a layer's weights
 * @property {boolean} turned whether its rows are the engine's columns
 * @property {Entry[]} walk the entries that are gone through one by one, in this order
 */
/** @typedef {Matrix & ResultFields} Result */

/** @typedef {{ formula: string[], numbers: string[], between: string[] | null }} Lines pieces of MathML */

/**
 * The Jacobian of one sample.
 * @typedef {object} JacobianFields
 * @property {number} more how many other samples there are
 * @property {string[][]} lines how it is computed; pieces of MathML
 */
/** @typedef {Omit<Matrix, "more"> & JacobianFields} Jacobian */
/** @typedef {{ pieces: string[], reason: string }} Reasoned a line of a derivation, and why it holds */

/**
 * Another formula with the same result.
 * @typedef {object} Alternative
 * @property {string} name
 * @property {Lines} rows
 * @property {Matrix} result
 * @property {string} verdict whether both agree
 * @property {Jacobian | null} jacobian
 */

/**
 * A slip of the text that the network is from.
 * @typedef {object} Erratum
 * @property {string} document whose text
 * @property {string} place its page, equation or section
 * @property {string} printed a quotation
 * @property {string} right
 * @property {string} why
 * @property {[printed: string, right: string] | null} numbers
 */
/** @typedef {{ terms: string[], more: number, total: string }} Shares each sample's share of a result, as MathML */

/**
 * Where the network has a term.
 * @typedef {{ layer: number | null, links: boolean }} TermPlace links: at this layer's links, else in this column
 */

/**
 * Where a step happens.
 * @typedef {object} Place
 * @property {Record<string, number>} neurons the tone of each column at work
 * @property {number | null} links the layer whose links are at work
 */

/**
 * Everything about a step.
 * @typedef {object} Content
 * @property {string} key
 * @property {string | null} meaning MathML
 * @property {string} note
 * @property {Lines} rows
 * @property {{ label: string, formula: string[] | null }} second the formula in the second notation; null if it
 *   reads the same in both
 * @property {string} shown the name of the first
 * @property {Alternative | null} alternative
 * @property {Jacobian | null} jacobian
 * @property {{ title: string, lines: Reasoned[] } | null} derivation
 * @property {Result} result
 * @property {Operand[]} matrices
 * @property {string} scale the value of the strongest colour
 * @property {Shares | null} samples
 * @property {Erratum[]} errata
 * @property {Place} place
 * @property {number} layer that it belongs to
 * @property {Record<string, TermPlace>} terms
 */

/**
 * The sum that makes up one entry, as MathML.
 * @typedef {object} Sum
 * @property {string} left
 * @property {string[]} symbols
 * @property {string[]} numbers
 * @property {number} more terms that are left out
 * @property {string} value
 * @property {{ symbols: string[], numbers: string[] } | null} activation the function that is applied there
 */
/** @typedef {Record<string, Sum>} Sums by "row,column" */

/** @typedef {{ both: boolean, alternative: boolean, derivation: boolean }} Options both: both notations */

/**
 * What the parts of the board know together.
 * @typedef {object} State
 * @property {Header | null} header
 * @property {number} at the index of the shown step
 * @property {Entry} entry the chosen one
 * @property {Content | null} content of the shown step
 * @property {Sums} sums of its entries
 * @property {string} [background] of the theme
 * @property {Colors | null} colors
 * @property {Options} options
 * @property {string | null} lit the key of the term under the pointer
 */

/** The state once something can be drawn. @typedef {State & { header: Header, colors: Colors }} Themed */
/** The state once the shown step's content is there. @typedef {Themed & { content: Content }} Shown */

/**
 * What a press in the panel does.
 * @typedef {object} Act
 * @property {(entry: Entry) => void} choose
 * @property {(option: keyof Options) => void} toggle
 */

export {};
