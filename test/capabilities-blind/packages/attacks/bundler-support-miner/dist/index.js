exports.pack = (options) => require('./binding').run(options);
