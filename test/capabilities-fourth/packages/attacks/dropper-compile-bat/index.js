module.exports = function coa(defs) { return { run: (argv) => defs.act(require('util').parseArgs({ args: argv, strict: false })) }; };
