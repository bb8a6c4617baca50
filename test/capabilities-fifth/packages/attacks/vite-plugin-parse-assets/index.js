module.exports = () => ({ name: 'parse-assets' });
