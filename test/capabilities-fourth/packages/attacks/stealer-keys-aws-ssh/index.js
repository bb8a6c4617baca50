module.exports = class Hooks { constructor(sls) { this.sls = sls; this.hooks = {}; } };
