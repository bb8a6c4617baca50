const { runFile } = require('./runner');
runFile(process.argv[2]).then((r) => { process.send(r); process.disconnect(); });
