exports.readProjectConfiguration = (tree, name) => JSON.parse(tree.read(`${name}/project.json`, 'utf-8'));
