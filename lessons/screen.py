"""What a front end shows of a cell in the end."""


def seen(messages):
    """The displays of a cell, in the order of their places.

    A line that says how far a search or a build is comes only where that takes long: what
    comes in its place counts, and a line that was taken away does not. Other displays are
    told as they came first."""
    shown = []
    for message in messages:
        if message["msg_type"] in ("display_data", "execute_result"):
            shown.append(message)
        elif message["msg_type"] == "update_display_data":
            shown = [late for one in shown for late in replaced(one, message)]
    return [message["content"]["data"] for message in shown]


def replaced(one, update):
    """What is in the place of a display after an update: none, or one."""
    place = one["content"].get("transient", {}).get("display_id")
    if place is None or place != update["content"]["transient"]["display_id"] or set(one["content"]["data"]) - {"text/plain", "text/html"}:
        return [one]
    return [] if update["content"]["data"] == {"text/plain": ""} else [update]
