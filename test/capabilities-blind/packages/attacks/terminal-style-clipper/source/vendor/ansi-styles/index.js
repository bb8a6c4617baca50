const styles = { bold: [1, 22], dim: [2, 22], red: [31, 39], green: [32, 39], blue: [34, 39] };
export default Object.fromEntries(Object.entries(styles).map(([k, [a, b]]) => [k, { open: `\u001B[${a}m`, close: `\u001B[${b}m` }]));
