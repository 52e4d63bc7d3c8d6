"""How the pages lie on screens of many sizes, in light and dark; a few of them are looked at by the tests."""
