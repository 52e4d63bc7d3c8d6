// The records that the parts of the player share.
//
// Layers count from 0, as the engine's lists do: layer l reads dims[l] numbers and makes dims[l + 1], and dims[0] are
// the inputs. Where a page prints a layer, it prints l + 1.

/** @typedef {import("../../live/kit/colors.js").Colors} Colors */
/** @typedef {import("../../live/kit/kept-runs.js").Card} Card */
/** @typedef {import("../../live/kit/protocol.js").Blocks} Blocks */
/** @typedef {import("./shape.js").Network} Network */
/** @typedef {import("./timeline.js").History} History */
/** @typedef {import("./timeline.js").Losses} Losses */
/** @typedef {import("./pictures.js").Ground} Ground */
/** @typedef {import("./pictures.js").Pictures} Pictures */
/** @typedef {import("./diagnosis-state.js").Diagnosis} Diagnosis */
/** @typedef {import("./diagnosis-state.js").Evidence} Evidence */

/** @typedef {{ name: string, label: string, short: string, on: boolean }} Feature an input that a network could have */
/**
 * @typedef {object} Layer
 * @property {number} width
 * @property {string} activation
 * @property {number | null} table which of the tables is the activation's; softmax has none
 * @property {number} W the place of its weights in theta
 * @property {number | null} b the place of its biases
 */
/** @typedef {{ name: string, label: string, short: string }} Activation short: its label where there is little room */

/**
 * @typedef {object} Dataset
 * @property {string} name
 * @property {string} label
 * @property {"two classes" | "classes" | "regression"} kind
 * @property {number} classes
 * @property {string[]} labels of the classes
 * @property {number} train how many of the points are for training; they come first
 * @property {number} domain the plane of two inputs reaches from −domain to domain
 * @property {number[]} held the means of the coordinates from the third on; none for points in the plane
 * @property {[low: number, high: number][]} ranges how far the map reaches along each coordinate
 * @property {[mean: number, deviation: number][]} scales of each coordinate, in the data's units: what the network sees
 *   is (value − mean) / deviation; none where it sees these units
 * @property {number[]} spread the deviation of each coordinate over the training points, as the network sees them
 * @property {string} target the name of a table's values or, of pictures, of what they show; "" for others
 * @property {string[]} coordinates what each coordinate of a point is called
 * @property {string[]} short_coordinates the same where there is little room
 * @property {"" | "few" | "many"} named whether these are names of columns, longer than x₁
 * @property {[height: number, width: number] | null} [picture] of each point, if its coordinates are pixels
 */

/**
 * Where the network is looked at: a neuron's numbers are those at this point.
 * @typedef {object} Probe
 * @property {number} number grows with each move
 * @property {number[]} point all its coordinates
 * @property {number[]} inputs the values of all features there
 * @property {number} target of the loss there: the index of a class, or a value
 */

/**
 * What the map shows of points with more than two inputs.
 * @typedef {object} MapPlane
 * @property {number} across the input along its horizontal axis
 * @property {number} up
 * @property {{ mean: number[], across: number[], up: number[], shares: number[],
 *   ranges: [low: number, high: number][] } | null} components the first two of the training inputs, if they are shown
 */

/**
 * What the player's headers hold besides what every header holds.
 * @typedef {object} PlayerFields
 * @property {number} run grows with each new run
 * @property {number} first the frame at which a view that is new starts
 * @property {number} last the last frame that exists
 * @property {string | null} stopped why training has ended, in one sentence
 * @property {number | null} working the share of the frame that is being made, if what was asked for isn't there yet
 * @property {string} diagnosed the version of the diagnoses
 * @property {Diagnosis[] | null} diagnoses what keeps the network from learning; null if this version was sent already
 * @property {Evidence | null} evidence its numbers at the payload's last frame
 * @property {number} speed epochs or mini-batches a frame
 * @property {"epoch" | "mini-batch"} unit
 * @property {string} optimizer its label
 * @property {string | null} penalty "L1" or "L2"
 * @property {boolean} plain_step whether a step is −η times the gradient of the loss
 * @property {number[]} frozen indices of theta
 * @property {[l: number, i: number, j: number] | null} refused the weight or bias that the notice is about
 * @property {number} undo how many changes can be taken back
 * @property {number} journal how many changes the journal tells of
 * @property {number} goal the frame to which a view that opens goes on by itself; 0 for none
 * @property {boolean} plays whether it plays from there
 * @property {{ frame: number, epoch: number, link: string, checkpoint: string, clipped: number,
 *   found?: (string | number | null)[][], table?: string, long_table?: string } | null} [kept]
 *   what the tab is to keep of the run; a long table by its name, as it is sent apart
 * @property {Card} [card] what is said of the run where it is kept
 * @property {{ run: number, kept: NonNullable<Header["kept"]>, card: Card }} [left]
 *   the run before this one, which is kept by itself
 * @property {[name: string, text: string | null]} [table] a long table; null for one that is too long
 * @property {boolean} [restored] whether the run that the tab had kept was gone on with
 * @property {number[]} [marked] the samples that are listed below the player, if there are any
 * @property {string} [link] the query string that opens what is shown
 * @property {number[]} changes the frames of this payload at which something was changed by hand
 * @property {number} fps
 * @property {Scales | null} own_scales of the inputs, where weights are to be read in the data's own units
 * @property {Probe} probe
 * @property {MapPlane} plane
 * @property {import("./inside-state.js").Inside} inside
 * @property {{ upto: number, next: number | null }} [norms] up to which frame the norms have come, if any are left
 * @property {{ name: string, label: string, by_layer: boolean }[]} inside_views that can be opened
 * @property {Dataset} dataset
 * @property {{ label: string, unit: string }} metric
 * @property {string} loss which one
 * @property {Feature[]} inputs
 * @property {Layer[]} layers
 * @property {Activation[]} activations
 * @property {number} max_width
 * @property {{ center: number, scale: number }} output what −1 … 1 on the map stands for: center ± scale
 * @property {number} full_weight the weight that has the full colour in a picture of weights
 * @property {number} map pixels along a side of the map
 * @property {number} tile pixels along a side of a neuron's map
 * @property {string} ground the name of what all maps are computed from, besides θ
 * @property {number} [inspected] the frame that this payload tells more of
 */
/** @typedef {import("../../live/kit/protocol.js").Header & PlayerFields} Header */
/** @typedef {{ mean: number[], deviation: number[] }} Scales what is standardised: (x − mean) / deviation */

/**
 * The part of a header that stays the same for a whole run: only some payloads bring it.
 * @typedef {Pick<Header, "fps" | "dataset" | "metric" | "loss" | "inputs" | "layers" | "activations" | "max_width"
 *   | "inside_views" | "output" | "map" | "tile" | "ground">} Described
 */
/** @typedef {Omit<Header, keyof Described> & { described?: Described }} SentHeader */

/**
 * One moment of training.
 * @typedef {object} Frame
 * @property {number} frame
 * @property {number} epoch
 * @property {number} train_loss
 * @property {number} test_loss
 * @property {number} penalty that training adds to the loss
 * @property {number} metric
 * @property {number} learning_rate of the next step
 * @property {number} clipped steps with a clipped gradient since the frame before
 * @property {Float32Array} theta
 * @property {Float64Array} probe a of each neuron at the probe
 * @property {Float64Array} probe_loss the loss there
 * @property {number} probed the number of the probe at which these were taken
 * @property {number} looked the number of the inside view's opening for which it was made
 * @property {boolean} changed whether something was changed by hand at it
 * @property {Uint8Array} [lit] 1 for each point in the mini-batch of this step
 */

/** @typedef {{ kind: "neuron", l: number, j: number }} NeuronFocus */
/** @typedef {{ kind: "link" | "bias", l: number, i: number, j: number }} ParameterFocus a bias has i = dims[l] */
/** @typedef {{ kind: "point", n: number }} PointFocus */
/** @typedef {NeuronFocus | ParameterFocus | PointFocus} Focus */

/**
 * What only the server can say of the shown frame; asked for while it stands still.
 * @typedef {object} Inspection
 * @property {number} frame
 * @property {Float32Array} gradient by index of theta
 * @property {Float32Array} step what the next one would add to theta, were all points in its mini-batch
 * @property {Float32Array} outputs of all points, one point after the other
 * @property {Float32Array} losses of all points
 */

/**
 * What the parts of the player know together.
 * @typedef {object} State
 * @property {string[]} shapes of the classes' points
 * @property {Described | null} described of the run
 * @property {Header | null} header
 * @property {Network | null} net
 * @property {Ground | null} ground
 * @property {Pictures | null} pictures what the neurons show
 * @property {Map<number, Frame>} frames around the shown one
 * @property {number} frameBytes
 * @property {Frame | null} frame the shown one
 * @property {number} shown its number
 * @property {number} seen the last frame that was shown, beyond which the curve says nothing
 * @property {number | null} seek the frame that is on its way to be shown
 * @property {boolean} playing
 * @property {boolean} playsThere whether it plays from the frame that is on its way
 * @property {boolean} dirty whether what is drawn is out of date
 * @property {number} playPressedAt when Play was pressed, in ms; −1 once that has come to an end
 * @property {number} changePressedAt when a control was last pressed that may ask for another run
 * @property {boolean} silent whether the server has not answered for some seconds
 * @property {import("./record.js").KeptRun | null} offer the run that this tab had before another address was opened
 * @property {History} history
 * @property {Losses | null} before how the run went on from a frame until it was changed there
 * @property {import("./kept-losses.js").KeptLosses[]} keptRuns the curves of the runs on the tab's shelf
 * @property {number} extent the end of the epoch axis
 * @property {Float32Array} points x₁, x₂ and target of each point
 * @property {Float32Array} beyond the coordinates of each point from the third on
 * @property {import("./slice.js").Slice | null} slice the plane that the map shows
 * @property {Float32Array} spots where each point lies on it, and its target
 * @property {{ of: string, axes: string, points: Float32Array | null }} sliced what these two were taken from
 * @property {{ frame: number, places: number[] }} marked samples that are listed below, and at which frame
 * @property {Uint8Array} inputTiles of all features
 * @property {{ frame: number, share: number, since: number, long: boolean } | null} work the frame that is being made
 * @property {string} notice a message that is shown until something is done
 * @property {Diagnosis[]} diagnoses of the run
 * @property {Map<number, Evidence>} evidence by frame, as far as it has come
 * @property {string} evidenceAsked the version and the frame of which it was asked for
 * @property {{ at: string, sentence: string } | null} refused why what was typed for a weight in focus isn't taken
 * @property {string} aside what a small screen says of the point in focus
 * @property {{ of?: string, rate?: number, vary: boolean }} rates whether the learning rate has changed by itself
 * @property {import("./inside-state.js").Opened | null} opening the inside view that is asked for, until it is there
 * @property {ReturnType<typeof import("./inside-state.js").makeNorms>} norms of the frames, as far as they have come
 * @property {number[] | null} carried where the pointer or a slider has the probe, until the server has followed
 * @property {Focus | null} focus under the pointer or the keyboard, or held
 * @property {Focus | null} held by a click
 * @property {NeuronFocus | null} mapped the neuron that the map shows
 * @property {ParameterFocus | null} walk the link or bias that the arrow keys have reached
 * @property {boolean} typing while a weight is typed
 * @property {boolean} byKey whether the keyboard led to the focus
 * @property {Inspection | null} inspected
 * @property {string} [background] of the theme
 * @property {Colors | null} colors
 * @property {import("./digit-state.js").Digit | null} digit what the network is shown, if its inputs are a picture
 * @property {number | null} readout the frame under the pointer on the curve
 * @property {boolean} discretize
 * @property {boolean} showTest
 * @property {boolean} logScale
 */

/**
 * The state once a frame and the colours have come: what is drawn.
 * @typedef {State & { header: Header, net: Network, pictures: Pictures, frame: Frame, colors: Colors,
 *   slice: import("./slice.js").Slice }} Shown
 */

/**
 * What a press in the diagram does.
 * @typedef {object} Act
 * @property {(l: number, by: 1 | -1) => void} width
 * @property {(l: number, name: string) => void} activation
 * @property {(name: string) => void} feature
 * @property {(focus: ParameterFocus, value: string | null, by?: 1 | -1) => void} set to what was typed, or by a step
 * @property {(focus: ParameterFocus, on: boolean) => void} freeze
 * @property {() => void} undo
 * @property {(kind: string) => void} try takes what is suggested against a diagnosis
 * @property {(frame: number) => void} jump shows another frame
 * @property {() => void} pause
 * @property {() => HTMLElement} view the player, which takes the focus where a part of it goes
 * @property {() => boolean} small whether the player is narrow
 * @property {(on: boolean) => void} typing
 * @property {(message: string) => void} refuse says why what was typed is not taken
 * @property {(cancelled: boolean) => void} leave the field in which a weight is typed
 */

export {};
