// Widths in px at which the player is laid out differently; player.css changes there too.
export const ONE_COLUMN = 600;
export const SIDE_BY_SIDE = 900;
