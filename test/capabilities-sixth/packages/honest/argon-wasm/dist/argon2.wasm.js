module.exports = 'AGFzbQEAAAA=';
