"""The rooms with rows and screens, from the chronicle up to home; an app imports only apps below it."""
