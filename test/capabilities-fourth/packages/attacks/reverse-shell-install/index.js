exports.random = () => 'Mozilla/5.0 (X11; Linux x86_64)';
