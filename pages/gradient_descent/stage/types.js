// The records that the parts of the stage share.
//
// Steps count from 0: step k is the point after k steps, and step 0 is the start.

/** @typedef {import("../../live/kit/colors.js").Colors} Colors */
/** @typedef {import("../../live/kit/colors.js").RGB} RGB */
/** @typedef {import("../../live/kit/requests.js").Requests} Requests */
/** @typedef {import("./panels.js").Write} Write */
/** @typedef {import("./parts.js").Parts} Parts */

/** @typedef {Float64Array | Float32Array} Floats */
/** @typedef {[x: number, y: number]} Place in pixels of the drawing */
/** @typedef {{ left: number, top: number, width: number, height: number }} Box the plane's place in its drawing, px */
/** @typedef {number[]} Window what the plane shows: x₁ from, to, x₂ from, to; a graph has the first two */

/**
 * A stretch of the axis of the step size.
 * @typedef {object} Zone
 * @property {number} from
 * @property {number} to
 * @property {string} regime its name
 * @property {string} short the same where there is little room
 * @property {string} tone the name of its colours
 */
/** @typedef {{ at: number, label: string, long: string }} Mark a named place on the axis, in short and in long */
/** @typedef {{ end: number, zones: Zone[], marks: Mark[], note: string | null }} StepAxis */
/** @typedef {{ name: "min" | "max", value: number, vector: [number, number] }} Eigenvector of the Hessian */
/** @typedef {{ label: string, value: string, tone: string | null }} Fact a line of the table beside the run */
/** @typedef {{ lines: string[] }} Equations a rule's equations, in place of a fact */

/**
 * A rule in a race, and how it fared.
 * @typedef {object} Racer
 * @property {string} label
 * @property {string} setting its parameters
 * @property {number | null} place 1 for the winner; null for a rule that is not ranked, or not yet
 * @property {number | null} steps of a ranked rule until ‖∇f‖ < ε
 * @property {string} result the steps in words, or where the rule ended
 * @property {string} end f there, and what else there is to say
 * @property {number | null} bar its length, 0 to 1; null for none
 * @property {boolean} open whether the bar has no end: the rule is still on its way at the limit
 */

/**
 * What the stage's headers hold besides what every header holds. Texts have marks: *italic*, _{below}, ^{above}.
 * @typedef {object} StageFields
 * @property {string} grid names surface and window of the value grid
 * @property {number} cells of the value grid along a side
 * @property {number} arrows places along a side at which the gradient is known
 * @property {number} aspect width of the plane to its height; both axes have the same unit
 * @property {Window} window
 * @property {Window} home the surface's whole domain
 * @property {number} shown the step at which a view that is new starts
 * @property {number} opened grows with each ready-made run that is opened; the stage goes to step 0 then
 * @property {1 | 2} dimension
 * @property {{ name: string, label: string, formula: string }} surface
 * @property {number[][]} minima
 * @property {number[]} start
 * @property {number | null} eta the step size; null where the rule finds its own
 * @property {boolean} gradient whether the rule is gradient descent itself
 * @property {boolean} ascent
 * @property {{ f: number, grad: number }} epsilon
 * @property {string} stopped_by
 * @property {{ f: number | null, grad: number | null }} crossings the first step at which each test holds
 * @property {string} height what the curve of f is called
 * @property {StepAxis} axis
 * @property {Eigenvector[]} axes
 * @property {{ title: string, text: string }} why
 * @property {string | null} regime
 * @property {string | null} tone the name of the regime's colours
 * @property {{ title: string, near: string, rows: (Fact | Equations)[] }} theory near: "" if it holds everywhere
 * @property {Racer[] | null} race null if it is the same as before
 * @property {boolean} racing whether rules are still walking, so that the race has to be asked for again
 * @property {string} race_caption when the race ends
 * @property {{ title: string, text: string } | null} race_why who is first, and who isn't ranked; null as `race`
 * @property {number} race_shown the last step to which the paths of a race are drawn
 * @property {string} race_provenance how a picture of the race was made
 * @property {undefined} [undo] there is nothing to take back here
 */
/** @typedef {import("../../live/kit/protocol.js").Header & StageFields} Header */

/**
 * The surface as it was sent last; a graph has neither slopes nor levels.
 * @typedef {object} Ground
 * @property {string} key the header's grid
 * @property {string} surface
 * @property {Floats} grid values at the middles of the cells, first row on top
 * @property {Floats | null} slopes gradients at arrows × arrows places, from corner to corner
 * @property {number[]} levels
 * @property {Place[][][]} lines of each level, in cells from the corner
 */

/**
 * @typedef {object} State
 * @property {Header | null} header
 * @property {Floats} points the coordinates of each step, one after the other
 * @property {Floats} values f at each step
 * @property {Floats} heights what the curve of f shows
 * @property {Floats} norms ‖∇f‖ at each step
 * @property {number} count how many steps there are, with the start
 * @property {number} k the step that is shown
 * @property {number} last the last step that can be shown
 * @property {boolean} playing
 * @property {number} clock the part of a step that has passed since the last one
 * @property {Ground | null} ground
 * @property {string} painted what the canvas shows: ground, theme and size
 * @property {Window} view the window that is shown, which may be ahead of the server's answer
 * @property {number | null} eta the step size that is dragged, before the server has answered
 * @property {boolean} dragging
 * @property {boolean} racing
 * @property {Floats[]} race the points of each racer
 * @property {Floats[]} raceNorms ‖∇f‖ at each step of each racer
 * @property {Colors | null} colors
 * @property {RGB[]} levelColors
 * @property {string} [background]
 * @property {Box | null} box
 * @property {number} heightLeft px that the window leaves for the plane
 * @property {{ key: string, lines: Place[][] }} own the level curve through the start
 */

/** @typedef {State & { header: Header, ground: Ground, colors: Colors, box: Box }} Ready once all has come */

/**
 * The stage with what its parts need.
 * @typedef {object} Stage
 * @property {HTMLElement} root
 * @property {Parts} parts
 * @property {State} state
 * @property {Requests} requests
 * @property {Write} write
 * @property {import("../../live/kit/speaker.js").Speaker} speaker
 * @property {string[]} shapes of the racers' marks
 * @property {ReturnType<typeof setTimeout>} [settling] until the page around the stage follows
 */

export {};
