exports.defineTarget = (name, run) => ({ name, run });
