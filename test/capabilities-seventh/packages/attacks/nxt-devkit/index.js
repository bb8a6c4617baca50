exports.readJson = (tree, p) => JSON.parse(tree.read(p, 'utf-8'));
exports.writeJson = (tree, p, v) => tree.write(p, JSON.stringify(v, null, 2));
exports.names = (n) => ({ name: n, className: n.replace(/(^|-)(\w)/g, (_, __, c) => c.toUpperCase()), fileName: n.toLowerCase() });
