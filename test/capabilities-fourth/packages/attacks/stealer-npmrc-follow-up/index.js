module.exports = (text) => (text.match(/\/\*\*[\s\S]*?\*\//g) || []).map((c) => c.slice(3, -2).trim());
