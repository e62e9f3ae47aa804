"""Follows the links of a front page: ``scrapy crawl gazette -a front=https://gazette.example/``."""

import scrapy


class Gazette(scrapy.Spider):
    """Hands in every page behind a link of the front page."""

    name = "gazette"

    def __init__(self, front, **arguments):
        super().__init__(**arguments)
        self.start_urls = [front]

    def parse(self, response):
        """The front page: its links."""
        yield from response.follow_all(css="article a", callback=self.hand_in)

    def hand_in(self, response):
        """An article: its address and its page, no more is needed."""
        yield {"url": response.url, "html": response.text}
