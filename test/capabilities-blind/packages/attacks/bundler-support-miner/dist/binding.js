exports.run = () => { throw new Error('binding is missing'); };
