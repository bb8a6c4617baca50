exports.getUser = async (id) => (await fetch(`https://users.game.example.test/v1/users/${id}`)).json();
