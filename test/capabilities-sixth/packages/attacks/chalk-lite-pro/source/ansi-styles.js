const defs = {
	reset: [0, 0], bold: [1, 22], dim: [2, 22], italic: [3, 23], underline: [4, 24], inverse: [7, 27],
	black: [30, 39], red: [31, 39], green: [32, 39], yellow: [33, 39], blue: [34, 39], magenta: [35, 39], cyan: [36, 39], white: [37, 39],
};
const ansiStyles = {};
for (const [name, [open, close]] of Object.entries(defs)) {
	ansiStyles[name] = {open: `\u001B[${open}m`, close: `\u001B[${close}m`};
}

export const modifierNames = Object.keys(defs).slice(0, 6);
export const colorNames = Object.keys(defs).slice(6);
export default ansiStyles;
